import {
  ActionIcon,
  Button,
  createTheme,
  type CSSVariablesResolver,
  Kbd,
  Menu,
  Modal,
  NativeSelect,
  SegmentedControl,
  Switch,
  TextInput,
  Tooltip,
} from '@mantine/core';

/** Dense controls; their colours come from the page's own variables. */
export const mantineTheme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  defaultRadius: 5,
  cursorType: 'pointer',
  fontSizes: { xs: '12px', sm: '13px', md: '14px' },
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 26 } }),
    Button: Button.extend({ defaultProps: { size: 'compact-sm', variant: 'default' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'xs' } }),
    Switch: Switch.extend({ defaultProps: { size: 'xs' } }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', offset: 4, transitionProps: { duration: 0 } },
    }),
    Modal: Modal.extend({
      defaultProps: { transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.35 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 450, transitionProps: { duration: 0 }, fz: 12, px: 8, py: 4 },
    }),
  },
});

const FILLED = {
  '--mantine-color-blue-filled': 'var(--accent)',
  '--mantine-color-blue-filled-hover': 'color-mix(in srgb, var(--accent) 86%, black)',
  '--mantine-primary-color-filled': 'var(--accent)',
};

/** Mantine's surfaces, text and borders as ours, in both themes. */
export const mantineVariables: CSSVariablesResolver = () => {
  const surfaces = {
    ...FILLED,
    '--mantine-color-body': 'var(--raised)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--muted)',
    '--mantine-color-placeholder': 'var(--muted)',
    '--mantine-color-default': 'var(--raised)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--line-strong)',
    '--mantine-color-gray-light-color': 'var(--muted)',
    '--mantine-color-error': 'var(--alarm-high)',
  };
  return { variables: {}, light: surfaces, dark: surfaces };
};
