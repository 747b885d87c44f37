// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Lower-case hexadecimal text, sixteen bytes at a time.
library Hex {
    /// @notice The 32 characters of the low sixteen bytes of `value`.
    ///
    /// Halves are moved apart until each digit has a byte of its own; then all 32 digits become characters at once.
    function encode16(uint256 value) internal pure returns (bytes32) {
        uint256 digits = value & type(uint128).max;
        digits = ((digits << 64) | digits) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
        digits = ((digits << 32) | digits) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
        digits = ((digits << 16) | digits) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
        digits = ((digits << 8) | digits) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
        digits = ((digits << 4) | digits) & 0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f;
        // Unchecked: no byte exceeds 0x66, so no carry leaves its byte.
        unchecked {
            // One in each byte whose digit is above nine: adding six to it reaches bit 4.
            uint256 letters =
                ((digits + 0x0606060606060606060606060606060606060606060606060606060606060606) >> 4) &
                    0x0101010101010101010101010101010101010101010101010101010101010101;
            // 0x30 is '0', and 'a' lies 0x27 above '0' + 10.
            return
                bytes32(digits + 0x3030303030303030303030303030303030303030303030303030303030303030 + letters * 0x27);
        }
    }

    /// @notice The first 32 of the 64 characters of a word.
    function upper(bytes32 value) internal pure returns (bytes32) {
        return encode16(uint256(value) >> 128);
    }

    /// @notice The last 32 of the 64 characters of a word.
    function lower(bytes32 value) internal pure returns (bytes32) {
        return encode16(uint256(value));
    }
}
