// How the contracts are built and tested. Two chains in one process: an Ethereum one and an OP-type one.
import { createRequire } from 'node:module'
import toolbox from '@nomicfoundation/hardhat-toolbox-mocha-ethers'
import { defineConfig } from 'hardhat/config'
import { abisPlugin } from './scripts/hardhat/abis.ts'
import { creationCodePlugin } from './scripts/hardhat/creation-code.ts'
import { strictPlugin } from './scripts/hardhat/strict.ts'

const require = createRequire(import.meta.url)

/** The compiler from npm: nothing is downloaded, and the lock file holds it to its hash. */
const compiler = {
  version: '0.8.37',
  path: require.resolve('solc/soljson.js'),
}

const settings = {
  optimizer: { enabled: true, runs: 200 },
  // What the OP chain runs (Isthmus). The newer Osaka output may use instructions it does not have.
  evmVersion: 'prague',
}

export default defineConfig({
  plugins: [toolbox, abisPlugin, creationCodePlugin, strictPlugin],
  solidity: {
    profiles: {
      // For work and tests. With the compiler's second pipeline (viaIR) a build takes more than three times as long.
      default: { ...compiler, settings },
      // For public networks: `hardhat build --build-profile production`.
      production: { ...compiler, settings: { ...settings, viaIR: true } },
    },
  },
  networks: {
    l1: { type: 'edr-simulated', chainType: 'l1', chainId: 31337, hardfork: 'osaka' },
    op: { type: 'edr-simulated', chainType: 'op', chainId: 31338, hardfork: 'isthmus' },
  },
  paths: {
    sources: 'contracts',
    ignition: 'ignition',
    // Solidity tests (*.t.sol) lie beside the contracts; the Mocha tests apart.
    tests: { solidity: 'contracts', mocha: 'test/contracts' },
  },
  test: {
    mocha: { timeout: 60_000 },
    // A fixed seed, so that a run can be repeated and gas snapshots compared.
    solidity: { fuzz: { runs: 256, seed: '0x67656e65736973' } },
  },
  // The ABIs reach TypeScript through generated/abis.ts (scripts/hardhat/abis.ts).
  typechain: { dontOverrideCompile: true },
})
