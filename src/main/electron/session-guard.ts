import type { Session } from 'electron';
import { isLocalRequest } from './urls.ts';

/** Nothing leaves this computer, and the page gets no permissions: no camera, no notifications, none. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isLocalRequest(url) }));
}
