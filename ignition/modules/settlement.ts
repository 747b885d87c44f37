/**
 * The settlement role (L1): humans, machines and their keys; the committee's registry for what will be anchored here.
 *
 * Parameters (module `Settlement`): founder, founderDays, maxKeyDays, phaseController (default: none).
 */
import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import committee from './committee.ts'

const NONE = '0x0000000000000000000000000000000000000000'

export default buildModule('Settlement', (m) => {
  const { committeeRegistry } = m.useModule(committee)
  const identityRegistry = m.contract('IdentityRegistry', [
    m.getParameter<string>('founder'),
    m.getParameter<number>('founderDays'),
    m.getParameter<number>('maxKeyDays'),
    m.getParameter<string>('phaseController', NONE),
  ])
  return { committeeRegistry, identityRegistry }
})
