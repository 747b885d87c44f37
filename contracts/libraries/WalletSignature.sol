// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IWalletSignature} from "../interfaces/IWalletSignature.sol";

/// @title Signatures of wallets: ordinary accounts first, then contract accounts.
library WalletSignature {
    /// @dev The last 32 bytes of a signature of an undeployed account (ERC-6492).
    bytes32 private constant UNDEPLOYED_MARK = 0x6492649264926492649264926492649264926492649264926492649264926492;

    /// @notice Returns when `wallet` signed `digest`, otherwise reverts.
    ///
    /// ECDSA comes first: an account under EIP-7702 has code and yet signs with its key. The wallet's code is called
    /// read-only, so it can change nothing and re-enter nothing that matters.
    ///
    /// Reverts with: UndeployedWalletUnsupported, WalletSignatureInvalid.
    /// @return byContract True when the wallet's code vouched for the signature, false when it is ECDSA.
    function requireSigned(
        address wallet,
        bytes32 digest,
        bytes calldata signature
    ) internal view returns (bool byContract) {
        if (signature.length >= 32 && bytes32(signature[signature.length - 32:]) == UNDEPLOYED_MARK) {
            revert IWalletSignature.UndeployedWalletUnsupported(wallet);
        }
        (address signer, ECDSA.RecoverError fault, ) = ECDSA.tryRecoverCalldata(digest, signature);
        if (fault == ECDSA.RecoverError.NoError && signer == wallet) return false;
        // An account without code answers nothing, which is no.
        if (SignatureChecker.isValidERC1271SignatureNowCalldata(wallet, digest, signature)) return true;
        revert IWalletSignature.WalletSignatureInvalid(wallet);
    }
}
