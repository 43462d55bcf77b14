import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '~/shared/ui/tokens.css';
import '~/shared/ui/base.css';
import './console.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProvider } from '~/shared/api/provider';
import { adminRouter } from './router';
import { resolveVariables, theme } from './theme';

const element = document.getElementById('app');
if (element) {
  createRoot(element).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto">
        <ApiProvider>
          <RouterProvider router={adminRouter()} />
        </ApiProvider>
      </MantineProvider>
    </StrictMode>,
  );
}
