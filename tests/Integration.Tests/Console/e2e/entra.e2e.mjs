// The whole way of a sign-in with Entra ID: the page as the app serves it, under its policy, an issuer of the tests that signs in an operator, and the API, which looks at the token.
export const kind = 'entra';

export const tests = {
  // spec: console.everywhere/3++
  'with Entra ID and the real API: an operator signs in, works, sees the live log, and is offered nothing that admins may': async (world) => {
    const { open, at, visit, assert, activate, write } = world;
    const token = await activate('pump-1');
    const page = await open({ secret: null });
    await page.goto(at('/logs'));
    await page.getByRole('button', { name: 'Sign in with Entra ID' }).click();
    await page.waitForURL((url) => url.pathname === at('/logs') && url.search === '' && url.hash === '');
    await page.getByText('Live', { exact: true }).waitFor();
    await write(token, { temperature: '21.5' });
    await page.getByRole('grid').getByText('pump-1').first().waitFor();

    await page.getByRole('button', { name: /^ann@example\.com, operator$/ }).waitFor();
    await visit(at('/devices'), page);
    await page.getByRole('link', { name: 'pump-1' }).waitFor();
    await page.getByRole('button', { name: /^New device/ }).waitFor();
    await visit(at('/settings/keys'), page);
    await page.getByText('Your role may not see keys.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'New key' }).count(), 0);

    await page.getByRole('button', { name: /^ann@example\.com, operator$/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with Entra ID' }).waitFor();
    assert.equal(await page.evaluate(() => /access_token|eyJ/.test(JSON.stringify([{ ...sessionStorage }, { ...localStorage }]))), false);
  },
};
