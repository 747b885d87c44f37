/** Trust that rose too fast: held for everybody to see, and what stands in the way of a signature under it. */
import { WORKER } from '../support/law/people.ts'
import { publishAll } from '../support/law/flow.ts'
import { completedTogether } from '../support/law/trust.ts'
import { arrive, expect, expectAccessible, expectFits, test } from './support/test.ts'

test('a gain that waits is found from whose it is, and in the founding phase nobody can sign for it', async ({
  page,
  bench,
}) => {
  const house = await bench((it) => {
    completedTogether(it, ['m-1', 'm-2', 'm-3'])
    publishAll(it)
  })
  await arrive(page, house, 'ada')
  await page.goto(`${house.url}/#/actors/${WORKER.id}`)
  await page
    .locator('#trust')
    .getByRole('link', { name: /waits for revalidation \(0 signatures\)/ })
    .click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Suspended trust')
  await expect(page.locator('main')).toContainText('m-3')
  await page.getByRole('textbox', { name: 'Your reason' }).fill('I looked at all three.')
  const sign = page.getByRole('button', { name: 'Sign for it' })
  await expect(sign).toHaveAttribute('aria-disabled', 'true')
  await expect(page.locator('main')).toContainText('In the founding phase nobody can sign for this.')
  await expectAccessible(page)
  await page.setViewportSize({ width: 360, height: 780 })
  await expectFits(page)
  await sign.click({ force: true })
  const { signatures } = await house.get(`/v1/suspensions/${decodeURIComponent(page.url().split('/').at(-1) ?? '')}`)
  expect(signatures, 'nothing was sent').toEqual([])
})
