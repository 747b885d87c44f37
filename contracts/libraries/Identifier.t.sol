// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Identifier} from "./Identifier.sol";

/// @notice The sets of characters against lists of them, character by character.
contract IdentifierTest {
    bytes private constant ALPHANUMERIC = "abcdefghijklmnopqrstuvwxyz0123456789";

    function test_every_character_alone_and_second() external view {
        for (uint256 code = 0; code < 256; ++code) {
            bytes1 character = bytes1(uint8(code));
            string memory alone = string(abi.encodePacked(character));
            string memory second = string(abi.encodePacked("a", character));
            bool plain = _isIn(character, ALPHANUMERIC);
            assert(this.isId(alone) == (plain || _isIn(character, "._:-")));
            assert(this.isId(second) == (plain || _isIn(character, "._:-")));
            assert(this.isOrganization(alone) == plain);
            assert(this.isOrganization(second) == (plain || _isIn(character, ".-")));
            assert(this.isModelFamily(alone) == plain);
            assert(this.isModelFamily(second) == (plain || _isIn(character, "._-")));
        }
    }

    function test_lengths_from_1_to_64() external view {
        bytes memory text = "";
        for (uint256 length = 0; length <= 70; ++length) {
            bool fits = length >= 1 && length <= 64;
            assert(this.isId(string(text)) == fits);
            assert(this.isOrganization(string(text)) == fits);
            assert(this.isModelFamily(string(text)) == fits);
            text = bytes.concat(text, "a");
        }
    }

    function test_one_bad_character_anywhere_spoils_it(uint8 length, uint8 place, bytes1 character) external view {
        bytes memory text = new bytes(1 + (length % 64));
        for (uint256 i = 0; i < text.length; ++i) text[i] = "a";
        text[place % text.length] = character;
        assert(this.isId(string(text)) == (_isIn(character, ALPHANUMERIC) || _isIn(character, "._:-")));
    }

    function isId(string calldata text) external pure returns (bool) {
        return Identifier.isId(text);
    }

    function isOrganization(string calldata text) external pure returns (bool) {
        return Identifier.isOrganization(text);
    }

    function isModelFamily(string calldata text) external pure returns (bool) {
        return Identifier.isModelFamily(text);
    }

    function _isIn(bytes1 character, bytes memory list) private pure returns (bool) {
        for (uint256 i = 0; i < list.length; ++i) if (list[i] == character) return true;
        return false;
    }
}
