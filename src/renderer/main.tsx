import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import 'uplot/dist/uPlot.min.css';
import './app/theme.css';
import './app/layout.css';
import './app/overlays.css';
import './panels/panels.css';
import './panels/dock.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { installTestHooks } from './app/test-hooks.ts';
import { connectHost } from './host/connect-host.ts';
import { HostContext } from './host/host-context.ts';
import { findSession } from './host/session.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no element #root');
const host = connectHost(await findSession());
installTestHooks();
createRoot(root).render(
  <StrictMode>
    <HostContext value={host}>
      <App />
    </HostContext>
  </StrictMode>,
);
