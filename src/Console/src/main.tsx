import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './app/page.css';
import { App } from './app/App';

// The bare host name is the page, too; its own addresses have a prefix.
if (!location.pathname.startsWith('/console')) {
  history.replaceState(null, '', '/console/');
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
