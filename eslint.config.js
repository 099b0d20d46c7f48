import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Folders whose outcome may depend on scene, seed and command log alone. */
const CORE = [
  'src/kernel/**/*.ts',
  'src/physics/**/*.ts',
  'src/bio-models/**/*.ts',
  'src/device-emulators/definition/**/*.ts',
  'src/device-emulators/devices/**/*.ts',
  'src/twin/**/*.ts',
];

const IMPURE_GLOBALS = [
  'Date',
  'performance',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'fetch',
  'process',
  'console',
].map((name) => ({ name, message: 'The core knows no wall clock, timers or I/O.' }));

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', '.venv/**'] },
  ...tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-dynamic-delete': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportAllDeclaration', message: 'No barrels.' },
      ],
    },
  },
  {
    files: CORE,
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'Draw from a named stream (kernel/random).',
        },
        { object: 'globalThis', property: 'Date', message: 'The core knows no wall clock.' },
      ],
    },
  },
  {
    files: ['src/renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': hooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@react-three/drei',
              importNames: [
                'Stage',
                'Cloud',
                'Clouds',
                'useMatcapTexture',
                'useNormalTexture',
                'FaceLandmarker',
              ],
              message: 'It downloads its assets at run time.',
            },
          ],
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXOpeningElement[name.name='Environment'] JSXAttribute[name.name='preset']",
          message: 'Presets are downloaded at run time; light with Lightformers.',
        },
      ],
    },
  },
);
