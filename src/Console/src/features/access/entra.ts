import { ErrorResponse, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { ApiError, sentenceOf } from '../../api/errors';
import { readConfig } from './config';
import { enter, signedIn } from './session';
import { targetOf } from './target';

let manager: UserManager | undefined;
let ending: Promise<string> | undefined;
let renewing: Promise<string | undefined> | undefined;

/** Seconds that an access token must still hold to be used. */
const LeastTime = 60;

// Authorization code with PKCE. State and tokens are this tab's, as a key would be.
async function userManager(): Promise<UserManager> {
  if (manager === undefined) {
    const { entra } = await readConfig();
    if (entra === null) {
      throw new ApiError(0, 'no-entra', 'Sign-in with Entra ID is not configured here.');
    }

    manager = new UserManager({
      authority: entra.authority,
      client_id: entra.clientId,
      redirect_uri: `${location.origin}/console/sign-in`,
      scope: `${entra.scope} openid profile offline_access`,
      response_type: 'code',
      // Behind '#' the code is for this page alone: in a query the app and its logs would see it, and the Functions host takes a 'code' there for a key of its own.
      response_mode: 'fragment',
      loadUserInfo: false,
      automaticSilentRenew: false,
      monitorSession: false,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  return manager;
}

/** Leaves for Microsoft's sign-in page. */
export async function beginSignIn(goOn: string): Promise<void> {
  try {
    await (await userManager()).signinRedirect({ state: goOn });
  } catch (error) {
    throw new Error(entraSentence(error), { cause: error });
  }
}

/** Comes back from it. A code can be redeemed once, so whoever asks again gets the same answer. */
export function endSignIn(): Promise<string> {
  ending ??= finish();
  return ending;
}

async function finish(): Promise<string> {
  try {
    const user = await (await userManager()).signinRedirectCallback();
    enter({ kind: 'entra' });
    return targetOf(user.state) ?? '/';
  } catch (error) {
    throw new Error(entraSentence(error), { cause: error });
  }
}

/** What Entra ID says when it has a fault of its own, which tells nothing about who asks. */
const Passing = new Set(['temporarily_unavailable', 'server_error']);

/** An access token that holds for a minute at least; undefined when there is no session any more. Who cannot be answered at this moment keeps their session. */
export async function accessToken(): Promise<string | undefined> {
  if ((await readConfig()).entra === null) {
    return undefined;
  }

  const user = await (await userManager()).getUser();
  if (user !== null && (user.expires_in ?? 0) > LeastTime) {
    return user.access_token;
  }

  if (user?.refresh_token === undefined) {
    return undefined;
  }

  // Several requests at once renew once: a refresh token may be good for one use.
  renewing ??= renew().finally(() => (renewing = undefined));
  return renewing;
}

async function renew(): Promise<string | undefined> {
  const before = signedIn();
  try {
    const users = await userManager();
    const user = await users.signinSilent();
    if (signedIn() !== before) {
      // Whoever has left meanwhile leaves no token behind, and a renewal ends with keeping the new ones.
      await users.removeUser();
      return undefined;
    }

    return user?.access_token;
  } catch (error) {
    if (error instanceof ErrorResponse && !Passing.has(error.error ?? '')) {
      return undefined;
    }

    throw new ApiError(0, 'no-reply', entraSentence(error));
  }
}

/** What Entra ID, or the way to it, said, as a sentence for people. */
export function entraSentence(error: unknown): string {
  if (error instanceof ApiError) {
    return sentenceOf(error);
  } else if (!(error instanceof ErrorResponse)) {
    const text = error instanceof Error ? error.message : '';
    return /state/i.test(text)
      ? 'This sign-in was begun in another tab, or is over. Sign in again.'
      : 'Entra ID could not be reached. Check the connection and try again.';
  }

  const description = error.error_description ?? '';
  if (description.includes('AADSTS50105')) {
    return 'Your account is not assigned to this app. Ask an administrator of the app.';
  } else if (error.error === 'access_denied' || error.error === 'consent_required') {
    return 'Sign-in was declined, or your organisation does not let this app in.';
  } else if (error.error === 'invalid_grant') {
    return 'This sign-in took too long, or was used before. Sign in again.';
  } else if (Passing.has(error.error ?? '')) {
    return 'Entra ID is not available at this moment. Try again later.';
  }

  // The first line is a sentence, the others are for support.
  return `Entra ID refused: ${description.split(/[\r\n]/, 1).join('') || (error.error ?? 'no reason was given')}`;
}
