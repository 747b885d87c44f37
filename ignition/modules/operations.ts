/** The operations role (L2): the log of epoch commitments and the gate for humans' final decisions. */
import { buildModule } from '@nomicfoundation/hardhat-ignition/modules'
import committee from './committee.ts'

export default buildModule('Operations', (m) => {
  const { committeeRegistry } = m.useModule(committee)
  const commitmentLog = m.contract('CommitmentLog', [committeeRegistry])
  const finalGate = m.contract('FinalGate')
  return { committeeRegistry, commitmentLog, finalGate }
})
