/** Who may import whom: the table of ARCHITECTURE.md as rules. */
const CORE = '^src/(kernel|physics|bio-models|device-emulators/(definition|devices)|twin)/';

/** The only packages that the core may use. */
const CORE_PACKAGES = 'zod|xstate|yaml|@dimforge/rapier3d-compat';

/** Files under `from` may import, of src, only what matches one of `to`. */
function only(name, from, ...to) {
  return {
    name,
    severity: 'error',
    from: { path: from },
    to: { path: '^src/', pathNot: [from, ...to] },
  };
}

module.exports = {
  forbidden: [
    {
      // A cycle of types alone does not exist at run time.
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^electron$', '\\.css$', '\\?'] },
    },
    only('kernel-imports-nothing', '^src/kernel/'),
    only('physics', '^src/physics/', '^src/kernel/'),
    only('bio-models', '^src/bio-models/', '^src/kernel/'),
    only('definition', '^src/device-emulators/definition/', '^src/kernel/'),
    only(
      'devices',
      '^src/device-emulators/devices/',
      '^src/(kernel|physics|bio-models|device-emulators/definition)/',
    ),
    {
      name: 'no-device-imports-another',
      severity: 'error',
      from: { path: '^src/device-emulators/devices/([^/]+)/' },
      to: { path: '^src/device-emulators/devices/', pathNot: '^src/device-emulators/devices/$1/' },
    },
    only(
      'endpoints',
      '^src/device-emulators/endpoints/',
      '^src/(kernel|device-emulators/definition)/',
    ),
    only(
      'twin',
      '^src/twin/',
      '^src/(kernel|physics|bio-models|device-emulators/(definition|devices))/',
    ),
    only(
      'control',
      '^src/control/',
      '^src/kernel/',
      '^src/device-emulators/endpoints/[^/]+/client/',
    ),
    only('preload', '^src/preload/', '^src/kernel/'),
    only('renderer', '^src/renderer/', '^src/kernel/'),
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: CORE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'kernel-has-no-packages',
      severity: 'error',
      from: { path: '^src/(kernel|bio-models)/' },
      to: { path: 'node_modules/' },
    },
    {
      name: 'core-has-no-shell',
      severity: 'error',
      from: { path: CORE },
      to: { path: 'node_modules/', pathNot: `node_modules/(${CORE_PACKAGES})/` },
    },
    {
      name: 'rapier-in-rigid-body-only',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/physics/rigid-body/' },
      to: { path: 'node_modules/@dimforge' },
    },
    {
      name: 'electron-in-its-folder',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main/electron|preload)/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'renderer-has-no-node',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'module', 'default', 'types'],
    },
  },
};
