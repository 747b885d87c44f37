/** Both roles on one chain: they share the committee's registry. */
import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import operations from './operations.ts'
import settlement from './settlement.ts'

export default buildModule('OneChain', (m) => ({ ...m.useModule(operations), ...m.useModule(settlement) }))
