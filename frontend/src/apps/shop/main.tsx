import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource-variable/fraunces/wght.css';
import '~/shared/ui/tokens.css';
import '~/shared/ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { earlyAnswered } from '~/shared/api/early';
import { ApiProvider } from '~/shared/api/provider';
import { shopRouter } from './router';

/** How long the page waits for its first answers before it shows where they will be, in ms. */
const patience = 300;

/** Draws the page once, with what is there, rather than empty, then with places to come, then with what is there. */
async function begin(element: HTMLElement) {
  const router = shopRouter();
  const isReady = Promise.all([router.load(), earlyAnswered()]);
  await Promise.race([isReady, new Promise((resolve) => setTimeout(resolve, patience))]);
  createRoot(element).render(
    <StrictMode>
      <ApiProvider>
        <RouterProvider router={router} />
      </ApiProvider>
    </StrictMode>,
  );
}

const element = document.getElementById('app');
if (element) void begin(element);
