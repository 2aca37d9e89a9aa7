import { defineConfig } from 'vitest/config';
import { WxtVitest } from 'wxt/testing/vitest-plugin';

/** Four kinds of test, each as fast as its subject allows. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'engine',
          environment: 'node',
          include: [
            'tests/unit/{engine,explain,cli,project,webmail}/**/*.test.ts',
            'tests/property/**/*.test.ts',
          ],
        },
      },
      {
        test: { name: 'conformance', environment: 'node', include: ['tests/conformance/**/*.test.ts'] },
      },
      {
        plugins: [WxtVitest()],
        test: {
          name: 'extension',
          environment: 'happy-dom',
          include: ['tests/unit/{hosts,platform}/**/*.test.ts', 'tests/components/**/*.test.tsx'],
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['tests/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Browsers are heavy; two at a time.
          maxWorkers: 2,
        },
      },
    ],
  },
});
