// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title The spelling of names: 1 to 64 characters, lower case, so that no variant counts as another name.
///
/// A set of characters is a word in which bit c stands for the character with code c.
library Identifier {
    uint256 private constant DIGITS = 0x3ff << 0x30;
    uint256 private constant LETTERS = 0x3ffffff << 0x61;
    uint256 private constant ALPHANUMERIC = DIGITS | LETTERS;
    uint256 private constant HYPHEN = 1 << 0x2d;
    uint256 private constant DOT = 1 << 0x2e;
    uint256 private constant COLON = 1 << 0x3a;
    uint256 private constant UNDERSCORE = 1 << 0x5f;

    uint256 private constant LONGEST = 64;

    /// @notice An actor's id or a key's purpose: `[a-z0-9._:-]`.
    function isId(string calldata text) internal pure returns (bool) {
        uint256 allowed = ALPHANUMERIC | HYPHEN | DOT | COLON | UNDERSCORE;
        return _matches(text, allowed, allowed);
    }

    /// @notice An organization's code: `[a-z0-9.-]`, the first a letter or a digit.
    function isOrganization(string calldata text) internal pure returns (bool) {
        return _matches(text, ALPHANUMERIC, ALPHANUMERIC | HYPHEN | DOT);
    }

    /// @notice A model family's code: `[a-z0-9._-]`, the first a letter or a digit.
    function isModelFamily(string calldata text) internal pure returns (bool) {
        return _matches(text, ALPHANUMERIC, ALPHANUMERIC | HYPHEN | DOT | UNDERSCORE);
    }

    function _matches(string calldata text, uint256 first, uint256 others) private pure returns (bool) {
        bytes calldata characters = bytes(text);
        if (characters.length == 0 || characters.length > LONGEST) return false;
        if (!_holds(first, characters[0])) return false;
        for (uint256 i = 1; i < characters.length; ++i) {
            if (!_holds(others, characters[i])) return false;
        }
        return true;
    }

    function _holds(uint256 set, bytes1 character) private pure returns (bool) {
        return (set >> uint8(character)) & 1 == 1;
    }
}
