import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

const tuple = (...shades: MantineColorsTuple) => shades;

/*
 * Mantine computes with shades; what is seen comes from tokens.css through the
 * variables below, in both schemes.
 */
const evergreen = tuple(
  '#e8f6ef',
  '#d3ebdf',
  '#a8d7c0',
  '#79c29f',
  '#52b083',
  '#38a571',
  '#2a8f61',
  '#1b7a51',
  '#0f6844',
  '#045637',
);

/** The console's Mantine: sizes, radii, fonts and colours are those of tokens.css. */
export const theme = createTheme({
  fontFamily: 'var(--font-text)',
  fontFamilyMonospace: 'var(--font-code)',
  headings: { fontFamily: 'var(--font-text)', fontWeight: '600' },
  fontSizes: {
    xs: 'var(--text-12)',
    sm: 'var(--text-13)',
    md: 'var(--text-14)',
    lg: 'var(--text-16)',
    xl: 'var(--text-20)',
  },
  spacing: {
    xs: 'var(--space-8)',
    sm: 'var(--space-12)',
    md: 'var(--space-16)',
    lg: 'var(--space-24)',
    xl: 'var(--space-32)',
  },
  radius: { sm: 'var(--radius-control)', md: 'var(--radius-control)', lg: 'var(--radius-card)' },
  defaultRadius: 'sm',
  primaryColor: 'evergreen',
  primaryShade: { light: 8, dark: 3 },
  colors: { evergreen },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    SegmentedControl: {
      styles: {
        root: { background: 'var(--sunken)' },
        indicator: { background: 'var(--raised)' },
        innerLabel: { color: 'var(--ink)' },
      },
    },
    Table: { defaultProps: { borderColor: 'var(--line)', verticalSpacing: 'xs', horizontalSpacing: 'sm', fz: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    InputWrapper: { styles: { description: { fontSize: 'var(--text-13)' } } },
    Radio: { styles: { description: { fontSize: 'var(--text-13)', lineHeight: 1.4 } } },
    Checkbox: { styles: { description: { fontSize: 'var(--text-13)', lineHeight: 1.4 } } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', shadow: 'none', closeButtonProps: { 'aria-label': 'Close' } },
      styles: { title: { fontSize: 'var(--text-16)', fontWeight: 600 } },
    },
  },
});

const variables = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-quiet)',
  '--mantine-color-placeholder': 'var(--ink-quiet)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--failed-ink)',
  '--mantine-color-default': 'var(--raised)',
  '--mantine-color-default-hover': 'var(--sunken)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-color-evergreen-filled': 'var(--accent)',
  '--mantine-color-evergreen-filled-hover': 'var(--accent-strong)',
  '--mantine-color-evergreen-light': 'var(--accent-wash)',
  '--mantine-color-evergreen-light-hover': 'var(--accent-wash)',
  '--mantine-color-evergreen-light-color': 'var(--accent)',
  '--mantine-color-evergreen-text': 'var(--accent)',
  '--mantine-color-evergreen-outline': 'var(--accent)',
  '--mantine-color-white': 'var(--on-accent)',
};

/** The greys that Mantine's fields and disabled buttons take in the dark. */
const darkOnes = {
  '--mantine-color-dark-4': 'var(--line-strong)',
  '--mantine-color-dark-5': 'var(--sunken)',
  '--mantine-color-dark-6': 'var(--sunken)',
};

/** Points Mantine's variables at the tokens. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: variables,
  dark: { ...variables, ...darkOnes },
});
