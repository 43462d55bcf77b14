import { useGraphiQL, useGraphiQLActions, useMonaco } from '@graphiql/react';
import { useEffect } from 'react';
import { useMedia } from '~/shared/lib/use-media';

/** The editor's themes, by scheme: see GraphiQL's editorTheme. */
export const editorTheme = { dark: 'also-dark', light: 'also-light' };

/**
 * The editor's own themes, where they read well on GraphiQL's ground; comments, directives and arguments do not, at
 * 4.5 : 1, so they get colours of their own. It takes no variables of CSS: the accents are the nearest ones to
 * tokens.css.
 */
const themes = {
  light: { base: 'vs', accent: '#0f6b4f', comment: '#4d6b36', directive: '#6b6b6b', argument: '#5a57b8' },
  dark: { base: 'vs-dark', accent: '#6cc5a4', comment: '#93b881', directive: '#e39a9a', argument: '#aaa6ff' },
} as const;

/** Gives the editors their colours, and turns them when the system's scheme turns and nobody chose one. */
export function EditorScheme() {
  const monaco = useMonaco((state) => state.monaco);
  const chosen = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();
  const isDark = useMedia('(prefers-color-scheme: dark)');
  useEffect(() => {
    if (!monaco) return;
    for (const scheme of ['light', 'dark'] as const) {
      const { base, accent, comment, directive, argument } = themes[scheme];
      monaco.editor.defineTheme(editorTheme[scheme], {
        base,
        inherit: true,
        colors: {
          'editor.background': '#ffffff00',
          'scrollbar.shadow': '#ffffff00',
          'textLink.foreground': accent,
          'textLink.activeForeground': accent,
          'list.highlightForeground': accent,
          focusBorder: accent,
        },
        rules: [
          { token: 'comment', foreground: comment },
          { token: 'annotation', foreground: directive },
          { token: 'argument.identifier.gql', foreground: argument },
        ],
      });
    }
  }, [monaco]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: GraphiQL asks the system itself, when it is told a theme
  useEffect(() => {
    if (monaco) setTheme(chosen);
  }, [monaco, chosen, isDark, setTheme]);
  return null;
}
