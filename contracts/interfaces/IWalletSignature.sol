// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Why a wallet's signature is refused.
interface IWalletSignature {
    /// @notice Signatures of accounts that are not deployed yet (ERC-6492) are not taken: deploy the account first.
    error UndeployedWalletUnsupported(address wallet);

    /// @notice Neither is this the wallet's ECDSA signature nor does its contract vouch for it.
    error WalletSignatureInvalid(address wallet);
}
