/**
 * Deploys the contracts of a deployment onto one chain that plays both roles, in about a second: no compiler, no
 * journal, no prompts. It is what `npm start` uses; public networks are deployed with Ignition (ignition/modules).
 *
 *     const { committeeRegistry, commitmentLog, finalGate, identityRegistry } = await deployContracts({ … })
 *
 * Not idempotent: each call makes new contracts. Keep what it returns.
 *
 * Errors (Fault): deploy-wrong-chain, deploy-wrong-member-count, deploy-reverted. A chain that does not answer is viem's
 * error as it stands.
 */
import { createPublicClient, createWalletClient, http, keccak256, type Abi, type Address, type Hex } from 'viem'
import { privateKeyToAccount } from 'viem/accounts'
import { commitmentLogAbi, committeeRegistryAbi, finalGateAbi, identityRegistryAbi } from '../../generated/abis.ts'
import {
  commitmentLogCode,
  committeeRegistryCode,
  finalGateCode,
  identityRegistryCode,
} from '../../generated/creation-code.ts'
import { Fault } from '../../protocol/wire/fault.ts'
import { contractParameters, type ContractParameters } from './parameters.ts'

export type DeploymentRequest = {
  readonly rpcUrl: string
  /** What the chain must answer as its id. */
  readonly chainId: number
  /** Pays for the deployment; has no power afterwards. */
  readonly deployerKey: Hex
  /** The committee, in the order of the certificates' bits. */
  readonly members: readonly Address[]
  /** Attests humans in phase G0. */
  readonly founder: Address
  readonly parameters?: ContractParameters
}

export type DeployedContract = {
  /** Lower case. */
  readonly address: Address
  /** The block that created it: where its logs begin. */
  readonly blockNumber: number
  readonly transaction: Hex
  /** keccak of the code that stands there. */
  readonly codeHash: Hex
}

export type DeployedContracts = {
  readonly chainId: number
  /** Hash of the chain's block 0. */
  readonly chainGenesisHash: Hex
  readonly committeeRegistry: DeployedContract
  readonly commitmentLog: DeployedContract
  readonly finalGate: DeployedContract
  readonly identityRegistry: DeployedContract
  /** What certificates name the committee by. */
  readonly committeeId: Hex
}

const NO_CONTROLLER: Address = '0x0000000000000000000000000000000000000000'

export async function deployContracts(request: DeploymentRequest): Promise<DeployedContracts> {
  const parameters = request.parameters ?? contractParameters()
  if (request.members.length !== parameters.members) {
    throw new Fault('deploy-wrong-member-count', { given: request.members.length, expected: parameters.members })
  }
  const chain = connect(request)
  const chainId = await chain.reader.getChainId()
  if (chainId !== request.chainId) {
    throw new Fault('deploy-wrong-chain', { given: chainId, expected: request.chainId })
  }

  const committeeRegistry = await create(chain, committeeRegistryAbi, committeeRegistryCode, [
    request.members,
    BigInt(parameters.threshold),
    parameters.maxKeyDays,
  ])
  const commitmentLog = await create(chain, commitmentLogAbi, commitmentLogCode, [committeeRegistry.address])
  const finalGate = await create(chain, finalGateAbi, finalGateCode, [])
  const identityRegistry = await create(chain, identityRegistryAbi, identityRegistryCode, [
    request.founder,
    parameters.founderDays,
    parameters.maxKeyDays,
    NO_CONTROLLER,
  ])
  const [committeeId, { hash: chainGenesisHash }] = await Promise.all([
    chain.reader.readContract({
      abi: committeeRegistryAbi,
      address: committeeRegistry.address,
      functionName: 'committeeId',
    }),
    chain.reader.getBlock({ blockNumber: 0n }),
  ])
  return { chainId, chainGenesisHash, committeeRegistry, commitmentLog, finalGate, identityRegistry, committeeId }
}

type Chain = ReturnType<typeof connect>

function connect({ rpcUrl, deployerKey }: DeploymentRequest) {
  const transport = http(rpcUrl)
  return {
    reader: createPublicClient({ transport, pollingInterval: 50 }),
    writer: createWalletClient({ account: privateKeyToAccount(deployerKey), transport }),
  }
}

/** Waits until the contract stands: the next one may need its address. */
async function create(chain: Chain, abi: Abi, bytecode: Hex, args: readonly unknown[]): Promise<DeployedContract> {
  const transaction = await chain.writer.deployContract({ abi, bytecode, args, chain: null })
  const receipt = await chain.reader.waitForTransactionReceipt({ hash: transaction })
  const address = receipt.contractAddress?.toLowerCase() as Address | undefined
  const code = address === undefined ? undefined : await chain.reader.getCode({ address })
  if (address === undefined || code === undefined) throw new Fault('deploy-reverted', { transaction })
  return { address, blockNumber: Number(receipt.blockNumber), transaction, codeHash: keccak256(code) }
}
