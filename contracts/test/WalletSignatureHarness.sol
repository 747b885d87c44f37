// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {WalletSignature} from "../libraries/WalletSignature.sol";

/// @title Opens the check of wallets' signatures to tests with any digest.
contract WalletSignatureHarness {
    function requireSigned(
        address wallet,
        bytes32 digest,
        bytes calldata signature
    ) external view returns (bool byContract) {
        return WalletSignature.requireSigned(wallet, digest, signature);
    }
}
