// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title Ids of actors and codes of organizations: 1 to 64 characters of `[a-z0-9._:-]`.
library Identifier {
    /// @dev Bit c is set when the character with code c may stand in an identifier.
    uint256 private constant ALLOWED =
        (((1 << 26) - 1) << 0x61) | // a to z
            (((1 << 11) - 1) << 0x30) | // 0 to 9 and the colon after it
            (1 << 0x2d) | // -
            (1 << 0x2e) | // .
            (1 << 0x5f); // _

    /// @notice Whether `text` is an identifier.
    function isValid(string calldata text) internal pure returns (bool) {
        bytes calldata characters = bytes(text);
        if (characters.length == 0 || characters.length > 64) return false;
        for (uint256 i = 0; i < characters.length; ++i) {
            if ((ALLOWED >> uint8(characters[i])) & 1 == 0) return false;
        }
        return true;
    }
}
