// Screens of which there are no pictures: where there is nothing yet, and dialogs.

/** What a new connector shows: what to do next. */
export const emptyScreens = [
  { name: 'devices-none', path: '/devices', sees: /curl/, call: '{service}/device2/identity?' },
  { name: 'resources-none', path: '/resources', sees: 'No resources yet', call: "{service}/device2'" },
  { name: 'content-none', path: '/content', sees: /upload/i, call: '{service}/content/item?' },
  { name: 'logs-none', path: '/logs', sees: 'Nothing has happened yet', call: "{service}/log/negotiate'" },
  { name: 'jobs-none', path: '/jobs', sees: /job/i, call: "{service}/device2/jobs'" },
  { name: 'device-unknown', path: '/devices/nobody', sees: 'There is no such device', call: '{service}/device2/identity/nobody?' },
  // Beside the connector's.
  { name: 'no-connector', path: '/../..', as: 'stranger', sees: 'There is no connector' },
  { name: 'nowhere', path: '/no/such/screen', sees: 'There is no such screen' },
];

/** Dialogs on top of screens that have something. */
export const dialogs = [
  { name: 'resource-new', path: '/resources', sees: 'setpoint', first: [['button', 'New resource']], dialog: true },
  { name: 'resource-edit', path: '/resources', sees: 'setpoint', first: [['button', 'Edit setpoint']], dialog: true },
  { name: 'resource-delete', path: '/resources', sees: 'setpoint', first: [['button', 'Delete note']], dialog: true },
  { name: 'resources-import', path: '/resources', sees: 'setpoint', first: [['button', 'Import']], dialog: true },
  { name: 'key-new', path: '/settings/keys', sees: 'viewer', first: [['button', 'New key']], dialog: true },
  { name: 'key-secret', path: '/settings/keys', sees: 'viewer', first: [['button', 'New key']], act: makeKey },
  { name: 'devices-bulk', path: '/devices', sees: 'pump-1', first: [['checkbox', 'Select pump-1'], ['button', 'Tags']], dialog: true },
  { name: 'devices-csv', path: '/devices', sees: 'pump-1', first: [['button', /^New device/], ['tab', 'Many from CSV']], act: giveTable, dialog: true },
  { name: 'upload', path: '/content', sees: 'manual.txt', first: [['button', 'Upload files']], act: chooseFiles, dialog: true },
  { name: 'file', path: '/content', sees: 'manual.txt', first: [['row', /manual\.txt/]], dialog: true },
  { name: 'event', path: '/logs', writes: 'pump-2', sees: 'pump-2', first: [['row', /pump-2/]], dialog: true },
  { name: 'dead-letters', path: '/settings/events', sees: 'pump-3' },
  { name: 'dead-letter', path: '/settings/events', sees: 'pump-3', first: [['row', /pump-3/]], dialog: true },
  { name: 'credential-revoke', path: '/devices/pump-1/settings', sees: 'pump-1', first: [['button', /^Revoke/]], dialog: true },
];

async function makeKey(page) {
  await page.getByRole('dialog').getByLabel('Name').fill(`screen-${Date.now()}`);
  await page.getByRole('button', { name: 'Make key' }).click();
  await page.getByRole('alertdialog').getByText(/^msk_/).waitFor();
}

async function giveTable(page) {
  await page.getByRole('textbox', { name: 'Table' }).fill('ID,SSL Client Certificate,tag:site,tag:line\npump-7,,Oslo,a\npump-8,,Bergen,b\n');
  await page.getByText('2 devices').first().waitFor();
}

async function chooseFiles(page) {
  const file = (name) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('hello') });
  await page.getByRole('dialog').locator('input[type=file]').setInputFiles([file('manual.txt'), file('notes.txt')]);
  await page.getByText(/^Replaces a file/).waitFor();
}
