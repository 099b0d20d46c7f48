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

/** Folders that talk to threads, sockets and files: a forgotten promise there hides a failure. */
const ASYNCHRONOUS = [
  'src/device-emulators/endpoints/**/*.ts',
  'src/control/**/*.ts',
  'src/main/**/*.ts',
  'src/preload/**/*.ts',
  'src/renderer/**/*.{ts,tsx}',
  'test/**/*.ts',
  'bench/**/*.ts',
  'clients/**/*.ts',
  'examples/**/*.ts',
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
  'crypto',
  'globalThis',
].map((name) => ({ name, message: 'The core knows no wall clock, timers, chance or I/O.' }));

const NO_BARRELS = { selector: 'ExportAllDeclaration', message: 'No barrels.' };

const NO_PRESETS = [
  "JSXOpeningElement[name.name='Environment'] JSXAttribute[name.name='preset']",
  "CallExpression[callee.name='useEnvironment'] Property[key.name='preset']",
].map((selector) => ({
  selector,
  message: 'Presets are downloaded at run time; light with Lightformers.',
}));

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', '.venv/**'] },
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
      'no-restricted-syntax': ['error', NO_BARRELS],
    },
  },
  {
    files: ASYNCHRONOUS,
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.renderer.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
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
                'MatcapTexture',
                'useNormalTexture',
                'NormalTexture',
                'FaceLandmarker',
                'FaceControls',
              ],
              message: 'It downloads its assets at run time.',
            },
          ],
        },
      ],
      'no-restricted-syntax': ['error', NO_BARRELS, ...NO_PRESETS],
    },
  },
);
