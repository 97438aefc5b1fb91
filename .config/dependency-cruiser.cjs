/** The direction of imports: core <- contract <- {capture, inference, drives} <- engine <- shells. */
const layer = (name, from, to) => ({
  name,
  severity: 'error',
  comment: 'See CONTRIBUTING.md: imports go one way.',
  from: { path: from },
  to: { path: to },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    layer('core-is-pure', '^electron/core/', '^(?!electron/core/)'),
    layer('contract-sees-core-only', '^electron/contract/', '^electron/(?!core/|contract/)'),
    layer(
      'capture-is-an-adapter',
      '^electron/capture/',
      '^electron/(?!core/|contract/|native/|capture/)',
    ),
    layer(
      'inference-is-an-adapter',
      '^electron/inference/',
      '^electron/(?!core/|contract/|native/|inference/)',
    ),
    layer('drives-is-an-adapter', '^electron/drives/', '^electron/(?!core/|contract/|drives/)'),
    layer('reports-are-pure', '^electron/report/', '^electron/(?!core/|contract/|report/)'),
    layer(
      'evidence-stands-alone',
      '^electron/evidence/',
      '^electron/(?!core/|contract/|evidence/)',
    ),
    layer(
      'privacy-is-an-adapter',
      '^electron/privacy/',
      '^electron/(?!core/|contract/|native/|privacy/)',
    ),
    layer('native-stands-alone', '^electron/native/', '^electron/(?!core/|native/)'),
    layer('renderer-sees-core-and-contract', '^renderer/', '^electron/(?!core/|contract/)'),
    layer('nobody-sees-the-renderer', '^electron/', '^renderer/'),
    layer('engine-below-shells', '^electron/engine/', '^electron/shells/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types'],
    },
  },
}
