import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** A running app, against which `npm run dev` works. */
const app = process.env.MURANO_URL ?? 'http://localhost:7071';

// The live log does not come this way: its address is that of Web PubSub, or of the emulator.
const proxy = Object.fromEntries(
  ['/api:1', '/provision', '/onep:v1', '/openapi.json', '/docs', '/health', '/console/config.json'].map((path) => [
    path,
    { target: app, secure: false },
  ]),
);

export default defineConfig({
  // "/" itself is the page too: the app serves index.html there.
  base: '/console/',
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5173, proxy },
  preview: { host: '127.0.0.1', port: 5173, proxy },
  build: {
    target: 'es2022',
    // Nothing is put into the page itself: its Content-Security-Policy lets only files of this host in.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 800,
  },
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    environment: 'happy-dom',
    // The files share a document and the modules: most of their time went into loading these again.
    isolate: false,
    // Times decide nothing: the machine may be busy with other tests.
    testTimeout: 60_000,
  },
});
