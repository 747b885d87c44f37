/**
 * The end of a machine and its way back: an operator takes a key, a human signs for its return, another decommissions it
 * for proven malice with the wallet.
 */
import { publishAll } from '../support/law/flow.ts'
import { accused, applied, DAY, resolved } from '../support/law/lives.ts'
import { ADA, NOOR, OPERATORS, WORKER } from '../support/law/people.ts'
import { withCitizens, CITIZENS } from '../support/law/panels.ts'
import { type Bench } from '../support/law/world.ts'
import { arrive, expect, expectAccessible, expectFits, test } from './support/test.ts'

const [bea, , , , , , hua] = OPERATORS

/** Hua has reported that the worker forged evidence, and Ada has upheld it: its trust is gone, and nobody appealed. */
function proven(bench: Bench): void {
  withCitizens(bench)
  accused(bench, 'incident-1', WORKER.id, hua)
  resolved(bench, 'incident-1', ADA, 'upheld')
  bench.wait(15 * DAY)
  publishAll(bench)
}

test('an operator takes a key from their machine, and says what it runs as', async ({ page, bench }) => {
  const house = await bench(() => {})
  await arrive(page, house, 'cem')
  await page.goto(`${house.url}/#/actors/${WORKER.id}`)
  const operator = page.locator('#operator')
  await operator.getByRole('textbox', { name: 'Digest of the fingerprint' }).fill('sha256:xyz')
  await expect(operator.getByRole('button', { name: 'State it' })).toHaveAttribute('aria-disabled', 'true')
  await operator.getByRole('textbox', { name: 'Digest of the fingerprint' }).fill(`sha256:${'ab'.repeat(32)}`)
  await operator.getByRole('button', { name: 'State it' }).click()
  await expect(operator.locator('[data-act="committed"]')).toBeFocused()
  await expectAccessible(page)
  await operator.getByRole('button', { name: /^Revoke the machine’s key/ }).click()
  await expect(operator).toContainText('No key speaks for it any more.')
  const report = { kind: 'failed-verification', severity: 'minor', concerns: ['noor'], account: 'It does not add up.' }
  const facts = { grounds: ['000000000000-000'] }
  await expect(house.as(WORKER, 'incident.report', 'incident-9', report, facts)).rejects.toThrow('key-revoked')
})

test('independent humans sign for the return of a machine, and the fifth brings it back on probation', async ({
  page,
  bench,
}) => {
  const house = await bench((it) => {
    proven(it)
    const application = applied(it, WORKER)
    for (const human of [bea, NOOR, CITIZENS[0]!, CITIZENS[1]!]) {
      it.send(human, 'machine.sign_recertification', WORKER.id, { application })
    }
  })
  await arrive(page, house, 'gus')
  await page.getByRole('link', { name: 'Waiting for me' }).click()
  await page.getByRole('link', { name: /^Open: Machine: sign its re-certification/ }).click()
  const life = page.locator('#life')
  await expect(life).toContainText('4 of 5 signatures: bea, noor, citizen-0, citizen-1')
  await expectAccessible(page)
  await life.getByRole('button', { name: 'Sign the re-certification' }).click()
  await expect(life.locator('[data-act="committed"]'), 'said though the form has gone').toBeFocused()
  await expect(life).toContainText('On probation')
  expect((await house.get(`/v1/machines/${WORKER.id}`))['status']).toBe('probation')
})

test('whoever has to do with a machine is told that their signature does not count', async ({ page, bench }) => {
  const house = await bench((it) => {
    proven(it)
    applied(it, WORKER)
  })
  await arrive(page, house, 'cem')
  await page.goto(`${house.url}/#/actors/${WORKER.id}`)
  await expect(page.getByRole('button', { name: 'Sign the re-certification' })).toHaveAttribute('aria-disabled', 'true')
  await expect(page.locator('#life')).toContainText('You or your organization have to do with this machine.')
})

test('a machine is decommissioned for malice: compared, rehearsed, refused once, signed by the wallet', async ({
  page,
  bench,
}) => {
  test.setTimeout(120_000)
  const house = await bench(proven)
  const wallet = await arrive(page, house, 'gus')
  const signatures = () => wallet.asked.filter(({ method }) => method === 'eth_signTypedData_v4').length
  await page.goto(`${house.url}/#/incidents/incident-1`)
  await page.getByRole('link', { name: WORKER.id }).click()
  const retire = page.locator('#retire')
  const sign = retire.getByRole('button', { name: 'Sign: decommission it for good' })
  await expect(sign).toHaveAttribute('aria-disabled', 'true')
  await expect(retire).toContainText('Write a reason.')
  await expect(retire).toContainText('Confirm the three statements.')
  await expect(retire).toContainText('Once your wallet has signed it would be recorded')
  await retire.getByRole('textbox', { name: 'Your reason' }).fill('It forged what it was trusted for.')
  for (const words of ['I understand it', 'I commit it', 'I accept its consequences']) {
    await retire.getByRole('checkbox', { name: words }).check()
  }
  await expect(sign).toHaveAttribute('aria-disabled', 'false')
  await retire.getByText('To compare with your wallet’s screen').click()
  await expectAccessible(page)
  await page.setViewportSize({ width: 360, height: 780 })
  await expectFits(page)
  await page.setViewportSize({ width: 1280, height: 900 })

  wallet.refuseNext()
  await sign.click()
  await expect(retire).toContainText('You refused in your wallet')
  expect((await house.get(`/v1/machines/${WORKER.id}`))['status']).toBe('quarantined')

  const before = signatures()
  await sign.click()
  await expect(page.locator('#life')).toContainText('Decommissioned')
  await expect(page.locator('[data-act="committed"]')).toBeFocused()
  expect(signatures() - before).toBe(1)
  const typed = JSON.parse(String(wallet.asked.at(-1)?.params[1])) as {
    readonly message: { readonly command: string; readonly subject: string; readonly iAcceptItsConsequences: boolean }
  }
  expect(typed.message).toMatchObject({
    command: 'machine.decommission',
    subject: WORKER.id,
    iAcceptItsConsequences: true,
  })
  expect((await house.get(`/v1/machines/${WORKER.id}`))['status']).toBe('decommissioned')
})

test('what changed about a machine since the page was opened is not signed over', async ({ page, bench }) => {
  const house = await bench(proven)
  await arrive(page, house, 'gus')
  await page.goto(`${house.url}/#/actors/${WORKER.id}`)
  const retire = page.locator('#retire')
  await expect(retire).toContainText('Once your wallet has signed it would be recorded')
  const body = { fingerprint: `sha256:${'cd'.repeat(32)}` }
  await house.as(OPERATORS[1], 'machine.declare_environment', WORKER.id, body)
  await expect(retire.getByRole('alert')).toContainText('The machine’s record went on since you opened this')
  await expect(retire.getByRole('button', { name: 'Sign: decommission it for good' })).toHaveCount(0)
  await retire.getByRole('button', { name: 'Begin again with what it is now' }).click()
  await expect(retire.getByRole('button', { name: 'Sign: decommission it for good' })).toBeVisible()
})

test('the reporter of the incident is told why somebody else has to sign', async ({ page, bench }) => {
  const house = await bench(proven)
  await arrive(page, house, 'hua')
  await page.goto(`${house.url}/#/actors/${WORKER.id}`)
  await expect(page.locator('#retire')).toContainText('You reported the incident that this rests on.')
})
