// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Fp} from "./Fp.sol";
import {HashToCurve} from "./HashToCurve.sol";

/// @title BLS12-381 through the precompiles of EIP-2537: public keys on G2, signatures on G1.
///
/// A signature check is one pairing equation over a frame of 768 bytes in memory:
///
///     e(signature, -g2) · e(H(message), key) = 1
///
///     offset   0  signature   G1  128 bytes
///     offset 128  -g2         G2  256 bytes
///     offset 384  H(message)  G1  128 bytes
///     offset 512  key         G2  256 bytes
///
/// @dev A precompile that is given a malformed point burns all the gas it was forwarded, so each call has a limit of its
/// own. Assembly is used for the precompile calls and the frame: the calls written with `staticcall` on `bytes` made a
/// certificate 6,100 gas dearer (measured), for copies of what the precompiles take and return.
library Bls12381 {
    /// @notice What a pairing check says. Malformed: some point is not the canonical encoding of one of its group.
    enum Verdict {
        Invalid,
        Valid,
        Malformed
    }

    /// @dev Length of an encoded point of G1: two coordinates of 64 bytes.
    uint256 internal constant G1_LENGTH = 128;

    /// @dev Length of an encoded point of G2: two coordinates of two times 64 bytes.
    uint256 internal constant G2_LENGTH = 256;

    uint256 internal constant HASH_OFFSET = 384;
    uint256 internal constant KEY_OFFSET = 512;
    uint256 private constant FRAME_LENGTH = 768;

    /// @dev The precompile's price for two pairs is 102,900; the limit leaves room for a dearer chain.
    uint256 private constant PAIRING_GAS = 250_000;

    /// @dev Prices: adding in G1 375, in G2 600, mapping to G1 5,500.
    uint256 private constant POINT_GAS = 50_000;

    /// @notice A precompile failed on input that cannot be wrong: the chain lacks it, or the gas ran out.
    error PrecompileFailed(address precompile);

    /// @notice A frame with signature and hash in place, and room for the key. Beyond it there are 256 bytes more, so
    /// that a second point of G2 can stand next to the key for `addG2`.
    /// @param signature An encoded point of G1, 128 bytes.
    function frameOf(
        bytes calldata signature,
        bytes32 message,
        bytes memory tag
    ) internal view returns (uint256 frame) {
        bytes memory space = new bytes(FRAME_LENGTH + G2_LENGTH);
        assembly ("memory-safe") {
            frame := add(space, 0x20)
            calldatacopy(frame, signature.offset, 128)
            // -g2: x.c0, x.c1, y.c0, y.c1, each in 16 zero bytes and 48 bytes.
            mstore(add(frame, 128), 0x00000000000000000000000000000000024aa2b2f08f0a91260805272dc51051)
            mstore(add(frame, 160), 0xc6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8)
            mstore(add(frame, 192), 0x0000000000000000000000000000000013e02b6052719f607dacd3a088274f65)
            mstore(add(frame, 224), 0x596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e)
            mstore(add(frame, 256), 0x000000000000000000000000000000000d1b3cc2c7027888be51d9ef691d77bc)
            mstore(add(frame, 288), 0xb679afda66c73f17f9ee3837a55024f78c71363275a75d75d86bab79f74782aa)
            mstore(add(frame, 320), 0x0000000000000000000000000000000013fa4d4a0ad8b1ce186ed5061789213d)
            mstore(add(frame, 352), 0x993923066dddaf1040bc3ff59f825c78df74f2d75467e25e0f55f8a00fa030ed)
        }
        HashToCurve.toG1(abi.encodePacked(message), tag, frame + HASH_OFFSET);
    }

    /// @notice Whether the frame's equation holds. The neutral element is invalid as a key: with it the neutral element
    /// would be a signature of any message. With any other key the equation itself refuses a neutral signature.
    function check(uint256 frame) internal view returns (Verdict verdict) {
        if (isZero(frame + KEY_OFFSET, G2_LENGTH)) return Verdict.Invalid;
        bool done;
        uint256 equal;
        assembly ("memory-safe") {
            done := staticcall(PAIRING_GAS, 0x0f, frame, 768, 0x00, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            equal := mload(0x00)
        }
        if (!done) return Verdict.Malformed;
        return equal == 1 ? Verdict.Valid : Verdict.Invalid;
    }

    /// @notice Adds the points of G2 at `point` and `point` + 256, and writes the sum to `point`. Both must be of the
    /// subgroup: the precompile does not look.
    function addG2(uint256 point) internal view {
        bool done;
        assembly ("memory-safe") {
            done := staticcall(POINT_GAS, 0x0d, point, 512, point, 256)
            done := and(done, eq(returndatasize(), 256))
        }
        if (!done) revert PrecompileFailed(address(0x0d));
    }

    /// @notice Negates the point of G2 at `point`.
    function negateG2(uint256 point) internal pure {
        negateFp(point + 128);
        negateFp(point + 192);
    }

    /// @notice Negates the coordinate at `point`.
    function negateFp(uint256 point) internal pure {
        uint256 high;
        uint256 low;
        assembly ("memory-safe") {
            high := mload(point)
            low := mload(add(point, 0x20))
        }
        (high, low) = Fp.negate(high, low);
        assembly ("memory-safe") {
            mstore(point, high)
            mstore(add(point, 0x20), low)
        }
    }

    /// @notice Maps two field elements to G1 and writes the sum of the two points to `target` (128 bytes).
    function mapPairToG1(uint256 high0, uint256 low0, uint256 high1, uint256 low1, uint256 target) internal view {
        bool done;
        assembly ("memory-safe") {
            // Past the free memory pointer, which does not move: nothing there is needed afterwards.
            let pair := mload(0x40)
            mstore(pair, high0)
            mstore(add(pair, 0x20), low0)
            done := staticcall(POINT_GAS, 0x10, pair, 64, pair, 128)
            done := and(done, eq(returndatasize(), 128))
            mstore(add(pair, 128), high1)
            mstore(add(pair, 160), low1)
            done := and(done, staticcall(POINT_GAS, 0x10, add(pair, 128), 64, add(pair, 128), 128))
            done := and(done, staticcall(POINT_GAS, 0x0b, pair, 256, target, 128))
            done := and(done, eq(returndatasize(), 128))
        }
        if (!done) revert PrecompileFailed(address(0x10));
    }

    /// @notice Whether `length` bytes of memory, a multiple of 32, are all zero: the encoding of the neutral element.
    function isZero(uint256 point, uint256 length) internal pure returns (bool) {
        uint256 any;
        assembly ("memory-safe") {
            for {
                let end := add(point, length)
            } lt(point, end) {
                point := add(point, 0x20)
            } {
                any := or(any, mload(point))
            }
        }
        return any == 0;
    }
}
