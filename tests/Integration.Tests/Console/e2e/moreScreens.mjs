// Screens of which there are no pictures: where there is nothing yet, and dialogs.

/** What a new connector shows: what to do next. */
export const emptyScreens = [
  { name: 'devices-none', path: '/devices', sees: /curl/, call: '{service}/device2/identity?' },
  { name: 'resources-none', path: '/resources', sees: 'No resources yet', call: "{service}/device2'" },
  { name: 'content-none', path: '/content', sees: /upload/i, call: '{service}/content/item?' },
  { name: 'logs-none', path: '/logs', sees: 'Nothing has happened yet', call: "{service}/log/negotiate'" },
  { name: 'jobs-none', path: '/jobs', sees: /job/i, call: "{service}/device2/jobs'" },
  { name: 'nowhere', path: '/no/such/screen', sees: 'There is no such screen' },
];

/** Dialogs on top of screens that have something. */
export const dialogs = [
  { name: 'resource-new', path: '/resources', sees: 'setpoint', first: [['button', 'New resource']], dialog: true },
  { name: 'resource-edit', path: '/resources', sees: 'setpoint', first: [['button', 'Edit setpoint']], dialog: true },
  { name: 'resource-delete', path: '/resources', sees: 'setpoint', first: [['button', 'Delete note']], dialog: true },
  { name: 'resources-import', path: '/resources', sees: 'setpoint', first: [['button', 'Import']], dialog: true },
  { name: 'key-new', path: '/settings/keys', sees: 'viewer', first: [['button', 'New key']], dialog: true },
  { name: 'credential-revoke', path: '/devices/pump-1/settings', sees: 'pump-1', first: [['button', /^Revoke/]], dialog: true },
];
