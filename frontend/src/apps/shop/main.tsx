import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource-variable/fraunces/wght.css';
import '~/shared/ui/tokens.css';
import '~/shared/ui/base.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProvider } from '~/shared/api/provider';
import { shopRouter } from './router';

const element = document.getElementById('app');
if (element) {
  createRoot(element).render(
    <StrictMode>
      <ApiProvider>
        <RouterProvider router={shopRouter()} />
      </ApiProvider>
    </StrictMode>,
  );
}
