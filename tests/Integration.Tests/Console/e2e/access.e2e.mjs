// Signing in and out, roles.
export const tests = {
  // spec: console.everywhere/3+
  'an operator signs in with an API key and comes to where they wanted to go': async ({ open, at, key }) => {
    const page = await open({ secret: null });
    await page.goto(at('/resources'));
    await page.getByLabel('API key').fill(key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === at('/resources'));
  },

  'a key that is not known is told so, and the page stays out': async ({ open, at }) => {
    const page = await open({ secret: null });
    await page.goto(at('/devices'));
    await page.getByLabel('API key').fill('msk_nothing');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This API key is not known').waitFor();
    await page.reload();
    await page.getByLabel('API key').waitFor();
  },
};
