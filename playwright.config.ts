/** Browser tests of the app (`npm run test:app`). Fixtures that start the stack they need are beside the tests. */
import { defineConfig } from '@playwright/test'
import { chromium } from './test/support/chromium.ts'

const { executablePath, args, env } = await chromium()

export default defineConfig({
  testDir: 'test/app',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results',
  // One browser at a time: two cores are shared with the chains and the services under test.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  // A test that fails now and then is a failing test.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1280, height: 900 },
    launchOptions: { executablePath, args, env },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
})
