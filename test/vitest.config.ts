import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/{unit,contract,integration,e2e}/**/*.test.ts'],
    // OpenCV must live in one plain process with one thread (electron/docs/adr/0001).
    pool: 'forks',
    // Tests that load ONNX Runtime themselves, past electron/engine/inference/runtime.ts, tell nobody.
    env: { ORT_DISABLE_TELEMETRY: '1' },
    maxWorkers: 2,
    testTimeout: 60_000,
    // What is polled for comes when it comes: the test's own limit is the limit.
    expect: { poll: { timeout: 30_000 } },
    coverage: {
      provider: 'v8',
      include: ['electron/**/*.ts'],
      exclude: ['test/**'],
      reporter: ['text', 'json-summary'],
      thresholds: { 'electron/core/**/*.ts': { branches: 100 } },
    },
  },
})
