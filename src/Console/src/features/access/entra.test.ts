import { ErrorResponse } from 'oidc-client-ts';
import { expect, test } from 'vitest';
import { entraSentence } from './entra';

test.each([
  ['access_denied', 'AADSTS65004: User declined to consent.', 'Sign-in was declined'],
  ['interaction_required', 'AADSTS50105: The signed in user is not assigned to a role.', 'Your account is not assigned'],
  ['invalid_grant', 'AADSTS70008: expired', 'This sign-in took too long'],
  ['server_error', '', 'Entra ID is not available'],
  [
    'invalid_client',
    'AADSTS9002326: Only for another client type.\r\nTrace ID: 1',
    'Entra ID refused: AADSTS9002326: Only for another client type.',
  ],
  ['odd', '', 'Entra ID refused: odd'],
])('%s is a sentence', (error, description, sentence) => {
  expect(entraSentence(new ErrorResponse({ error, error_description: description }))).toContain(sentence);
});

test('a state that is not known, and a network that fails', () => {
  expect(entraSentence(new Error('No matching state found in storage'))).toContain('begun in another tab');
  expect(entraSentence(new TypeError('Failed to fetch'))).toContain('could not be reached');
});
