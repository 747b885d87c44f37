// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Bls12381} from "./Bls12381.sol";

/// @title The committee's keys, laid out so that a certificate is cheap: as the code of a data contract.
///
///     offset    0  zero: the data cannot be executed
///     offset    1  the sum of all registered keys, 256 bytes
///     offset  257  the negated key of member 0, 256 bytes; then those of the others, zero where there is none
///
/// The aggregated key of the signers is the sum plus the negated keys of those who did not sign. A revoked or expired
/// key stays in the sum: its member cannot be a signer, so its negated key is always added.
///
/// @dev In storage, eight words a key, the sum and five absentees would be 48 cold slots: 98,000 gas more for each
/// certificate than one cold account. A registration pays for it, once in 90 days: 4,097 bytes of code, 820,000 gas.
/// Assembly reads code and copies points, for which the language has no words.
library CommitteeKeys {
    /// @dev Of an encoded point of G2 (Bls12381.G2_LENGTH), in bytes.
    uint256 private constant LENGTH = 256;

    /// @notice Writes the aggregated key of the signers to `target`; the 256 bytes after it are overwritten.
    function aggregate(address data, uint256 signers, uint256 members, uint256 target) internal view {
        _read(data, 0, target);
        uint256 absent = ~signers & ((1 << members) - 1);
        // Unchecked: counts members.
        unchecked {
            for (uint256 member = 0; absent != 0; ++member) {
                if (absent & 1 == 1) {
                    _read(data, 1 + member, target + LENGTH);
                    Bls12381.addG2(target);
                }
                absent >>= 1;
            }
        }
    }

    /// @notice A member's key; all zero when there is none.
    function keyOf(address data, uint256 member) internal view returns (bytes memory key) {
        key = new bytes(LENGTH);
        uint256 point;
        assembly ("memory-safe") {
            point := add(key, 0x20)
        }
        _read(data, 1 + member, point);
        Bls12381.negateG2(point);
    }

    /// @notice A new data contract in which `member` has `key`, which must be a point of the subgroup. The old one, zero
    /// when there is none yet, stays as it is and is no longer used.
    function replace(
        address data,
        uint256 member,
        uint256 members,
        bytes calldata key
    ) internal returns (address replaced) {
        uint256 size = 1 + (1 + members) * LENGTH;
        bytes memory code = new bytes(size);
        uint256 start;
        assembly ("memory-safe") {
            start := add(code, 0x20)
            // The zero address has no code, and reading beyond code gives zeros.
            extcodecopy(data, start, 0, size)
        }
        uint256 sum = start + 1;
        uint256 slot = sum + (1 + member) * LENGTH;

        bytes memory pair = new bytes(2 * LENGTH);
        uint256 point;
        assembly ("memory-safe") {
            point := add(pair, 0x20)
            mcopy(point, sum, LENGTH)
            // The key that is replaced leaves the sum; the neutral element when there was none.
            mcopy(add(point, LENGTH), slot, LENGTH)
        }
        Bls12381.addG2(point);
        assembly ("memory-safe") {
            calldatacopy(add(point, LENGTH), key.offset, LENGTH)
        }
        Bls12381.addG2(point);
        assembly ("memory-safe") {
            mcopy(sum, point, LENGTH)
            calldatacopy(slot, key.offset, LENGTH)
        }
        Bls12381.negateG2(slot);
        return _deploy(code);
    }

    /// @dev Entry 0 is the sum, entry 1 + i the negated key of member i.
    function _read(address data, uint256 entry, uint256 target) private view {
        assembly ("memory-safe") {
            extcodecopy(data, target, add(1, mul(entry, LENGTH)), LENGTH)
        }
    }

    /// @dev PUSH2 size, DUP1, PUSH1 10, PUSH0, CODECOPY, PUSH0, RETURN: ten bytes that return what follows them.
    function _deploy(bytes memory code) private returns (address data) {
        bytes memory creation = abi.encodePacked(hex"61", uint16(code.length), hex"80600a5f395ff3", code);
        assembly ("memory-safe") {
            data := create(0, add(creation, 0x20), mload(creation))
        }
        assert(data != address(0));
    }
}
