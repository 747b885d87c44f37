// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Hex} from "./Hex.sol";

/// @notice Sixteen bytes at once against one digit at a time.
contract HexTest {
    function test_encode_agrees_digit_by_digit(bytes32 value) external pure {
        bytes memory text = abi.encodePacked(Hex.upper(value), Hex.lower(value));
        for (uint256 i = 0; i < 64; ++i) {
            uint256 digit = (uint256(value) >> (4 * (63 - i))) & 0xf;
            assert(text[i] == bytes("0123456789abcdef")[digit]);
        }
    }

    function test_every_digit_in_every_place() external pure {
        for (uint256 digit = 0; digit < 16; ++digit) {
            bytes32 text = Hex.encode16(0x11111111111111111111111111111111 * digit);
            for (uint256 i = 0; i < 32; ++i) assert(text[i] == bytes("0123456789abcdef")[digit]);
        }
    }

    function test_encode16_looks_at_sixteen_bytes_only(uint128 value, uint128 above) external pure {
        assert(Hex.encode16((uint256(above) << 128) | value) == Hex.encode16(value));
    }
}
