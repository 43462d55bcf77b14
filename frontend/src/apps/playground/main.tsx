import '@fontsource-variable/instrument-sans/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import '~/shared/ui/tokens.css';
import '~/shared/ui/base.css';
import './playground.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Playground } from '~/features/examples/playground';
import { ApiProvider } from '~/shared/api/provider';

const element = document.getElementById('app');
if (element) {
  createRoot(element).render(
    <StrictMode>
      <ApiProvider>
        <Playground />
      </ApiProvider>
    </StrictMode>,
  );
}
