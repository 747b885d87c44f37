/**
 * The committee's registry. Both roles need one; on one chain they share it.
 *
 * Parameters (module `Committee`): members (fifteen addresses in the order of the certificates' bits), threshold,
 * maxKeyDays.
 */
import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'

export default buildModule('Committee', (m) => {
  const committeeRegistry = m.contract('CommitteeRegistry', [
    m.getParameter<string[]>('members'),
    m.getParameter<number>('threshold'),
    m.getParameter<number>('maxKeyDays'),
  ])
  return { committeeRegistry }
})
