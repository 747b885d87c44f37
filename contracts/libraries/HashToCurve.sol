// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bls12381} from "./Bls12381.sol";
import {Fp} from "./Fp.sol";

/// @title RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_.
library HashToCurve {
    /// @notice The point of G1 that a message hashes to, written to `target` (128 bytes of memory).
    /// @param tag The domain separation tag, at most 255 bytes.
    function toG1(bytes memory message, bytes memory tag, uint256 target) internal view {
        (uint256 a, uint256 b, uint256 c, uint256 d) = expand(message, tag);
        (uint256 high0, uint256 low0) = Fp.reduce(a, b);
        (uint256 high1, uint256 low1) = Fp.reduce(c, d);
        Bls12381.mapPairToG1(high0, low0, high1, low1, target);
    }

    /// @notice expand_message_xmd with SHA-256 to 128 bytes (section 5.3.1): two field elements of 64 bytes each.
    ///
    ///     b0 = SHA-256(64 zero bytes ‖ message ‖ 0x0080 ‖ 0x00 ‖ tag ‖ length of the tag)
    ///     b1 = SHA-256(b0 ‖ 0x01 ‖ tag ‖ length of the tag)
    ///     bᵢ = SHA-256((b0 ⊕ bᵢ₋₁) ‖ i ‖ tag ‖ length of the tag)
    ///
    /// @dev Assembly lays b2 to b4 over b1 in place: built anew with `abi.encodePacked` they made a certificate 2,000 gas
    /// dearer (measured).
    function expand(
        bytes memory message,
        bytes memory tag
    ) internal view returns (uint256 b1, uint256 b2, uint256 b3, uint256 b4) {
        bytes memory suffix = abi.encodePacked(tag, uint8(tag.length));
        uint256 b0 = uint256(sha256(abi.encodePacked(bytes32(0), bytes32(0), message, uint16(128), uint8(0), suffix)));
        bytes memory block_ = abi.encodePacked(b0, uint8(1), suffix);
        bool done;
        assembly ("memory-safe") {
            let data := add(block_, 0x20)
            let size := mload(block_)
            done := staticcall(gas(), 0x02, data, size, 0x00, 0x20)
            b1 := mload(0x00)
            mstore(data, xor(b0, b1))
            mstore8(add(data, 0x20), 2)
            done := and(done, staticcall(gas(), 0x02, data, size, 0x00, 0x20))
            b2 := mload(0x00)
            mstore(data, xor(b0, b2))
            mstore8(add(data, 0x20), 3)
            done := and(done, staticcall(gas(), 0x02, data, size, 0x00, 0x20))
            b3 := mload(0x00)
            mstore(data, xor(b0, b3))
            mstore8(add(data, 0x20), 4)
            done := and(done, staticcall(gas(), 0x02, data, size, 0x00, 0x20))
            b4 := mload(0x00)
        }
        // SHA-256 fails only when the gas runs out.
        if (!done) revert Bls12381.PrecompileFailed(address(0x02));
    }
}
