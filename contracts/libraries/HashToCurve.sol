// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bls12381} from "./Bls12381.sol";
import {Fp} from "./Fp.sol";

/// @title RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_.
library HashToCurve {
    /// @notice The point of G1 that a message hashes to, written to `target` (128 bytes of memory).
    /// @param tag The domain separation tag, at most 255 bytes.
    function toG1(bytes memory message, bytes memory tag, uint256 target) internal view {
        (bytes32 a, bytes32 b, bytes32 c, bytes32 d) = expand(message, tag);
        (uint256 high0, uint256 low0) = Fp.reduce(uint256(a), uint256(b));
        (uint256 high1, uint256 low1) = Fp.reduce(uint256(c), uint256(d));
        Bls12381.mapPairToG1(high0, low0, high1, low1, target);
    }

    /// @notice expand_message_xmd with SHA-256 to 128 bytes (section 5.3.1): two field elements of 64 bytes each.
    function expand(
        bytes memory message,
        bytes memory tag
    ) internal pure returns (bytes32 b1, bytes32 b2, bytes32 b3, bytes32 b4) {
        bytes memory suffix = abi.encodePacked(tag, uint8(tag.length));
        // Z_pad is one block of SHA-256, 64 zero bytes; then the message, the output's length and a zero byte.
        bytes32 b0 = sha256(abi.encodePacked(bytes32(0), bytes32(0), message, uint16(128), uint8(0), suffix));
        b1 = sha256(abi.encodePacked(b0, uint8(1), suffix));
        b2 = sha256(abi.encodePacked(b0 ^ b1, uint8(2), suffix));
        b3 = sha256(abi.encodePacked(b0 ^ b2, uint8(3), suffix));
        b4 = sha256(abi.encodePacked(b0 ^ b3, uint8(4), suffix));
    }
}
