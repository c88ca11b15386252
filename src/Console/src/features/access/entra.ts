import { UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { queryClient } from '../../app/queryClient';
import { configQuery } from './config';
import { enter } from './session';

let manager: UserManager | undefined;

// Authorization code with PKCE. State and tokens are this tab's, as a key would be.
async function userManager(): Promise<UserManager> {
  if (manager === undefined) {
    const { entra } = await queryClient.query({ ...configQuery, staleTime: 'static' });
    if (entra === null) {
      throw new Error('Sign-in with Entra ID is not configured here.');
    }

    manager = new UserManager({
      authority: entra.authority,
      client_id: entra.clientId,
      redirect_uri: `${location.origin}/console/sign-in`,
      post_logout_redirect_uri: `${location.origin}/console/sign-in`,
      scope: `${entra.scope} openid profile offline_access`,
      response_type: 'code',
      loadUserInfo: false,
      automaticSilentRenew: false,
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  return manager;
}

/** Leaves for Microsoft's sign-in page. */
export async function beginSignIn(goOn: string): Promise<void> {
  await (await userManager()).signinRedirect({ state: goOn });
}

/** Comes back from it. */
export async function endSignIn(): Promise<string> {
  const user = await (await userManager()).signinRedirectCallback();
  enter({ kind: 'entra' });
  return typeof user.state === 'string' ? user.state : '/';
}

/** An access token that holds for a minute at least; undefined when there is no session any more. */
export async function accessToken(): Promise<string | undefined> {
  const users = await userManager();
  const user = await users.getUser();
  if (user !== null && (user.expires_in ?? 0) > 60) {
    return user.access_token;
  }

  return user?.refresh_token === undefined ? undefined : (await users.signinSilent())?.access_token;
}
