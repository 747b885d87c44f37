/** The face of the wallet room. */
export { useWallet, WalletProvider } from './context.tsx'
export { DevelopmentPrompt } from './development/prompt.tsx'
export { WalletDialog } from './dialog.tsx'
export { WalletNotice } from './notice.tsx'
export { actorOf, type WalletState } from './state.ts'
