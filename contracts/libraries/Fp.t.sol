// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {between} from "../test/Vm.sol";
import {Fp} from "./Fp.sol";

/// @notice The field's arithmetic against the modexp precompile.
contract FpTest {
    function test_constants_are_those_of_the_curve() external pure {
        bytes memory p =
            hex"1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab";
        assert(keccak256(abi.encodePacked(uint128(Fp.P_HIGH), Fp.P_LOW)) == keccak256(p));
    }

    function test_reduce_agrees_with_modexp(uint256 high, uint256 low) external view {
        _requireReduced(high, low);
    }

    /// @dev Multiples of p and their neighbours: where a quotient that is one too small would show.
    function test_reduce_holds_next_to_multiples(uint256 quotient, uint256 offset) external view {
        // (2^512 - 1) / p has 132 bits.
        quotient = between(quotient, 0, (1 << 131) - 1);
        offset = between(offset, 0, 8);
        (uint256 high, uint256 low) = _product(quotient);
        unchecked {
            uint256 above = low + offset;
            _requireReduced(high + (above < low ? 1 : 0), above);
            if (quotient == 0) return;
            uint256 below = low - offset;
            _requireReduced(high - (below > low ? 1 : 0), below);
        }
    }

    function test_reduce_holds_at_the_ends() external view {
        uint256 all = type(uint256).max;
        _requireReduced(0, 0);
        _requireReduced(0, 1);
        _requireReduced(Fp.P_HIGH, Fp.P_LOW - 1);
        _requireReduced(Fp.P_HIGH, Fp.P_LOW);
        _requireReduced(Fp.P_HIGH, Fp.P_LOW + 1);
        _requireReduced(2 * Fp.P_HIGH, 2 * Fp.P_LOW);
        _requireReduced(all, 0);
        _requireReduced(all, all);
    }

    function test_negate_is_what_is_missing_to_p(uint256 high, uint256 low) external pure {
        (high, low) = Fp.reduce(high, low);
        (uint256 negatedHigh, uint256 negatedLow) = Fp.negate(high, low);
        if (high | low == 0) {
            assert(negatedHigh | negatedLow == 0);
            return;
        }
        unchecked {
            uint256 sumLow = low + negatedLow;
            assert(sumLow == Fp.P_LOW);
            assert(high + negatedHigh + (sumLow < low ? 1 : 0) == Fp.P_HIGH);
        }
        (negatedHigh, negatedLow) = Fp.negate(negatedHigh, negatedLow);
        assert(negatedHigh == high && negatedLow == low);
    }

    function _requireReduced(uint256 high, uint256 low) private view {
        (uint256 ourHigh, uint256 ourLow) = Fp.reduce(high, low);
        // base, exponent 1, modulus: 64, 1 and 64 bytes.
        (bool done, bytes memory result) = address(0x05).staticcall(
            abi.encodePacked(uint256(64), uint256(1), uint256(64), high, low, uint8(1), Fp.P_HIGH, Fp.P_LOW)
        );
        assert(done);
        (uint256 trueHigh, uint256 trueLow) = abi.decode(result, (uint256, uint256));
        assert(ourHigh == trueHigh && ourLow == trueLow);
    }

    /// @dev quotient · p, for a quotient below 2^131: schoolbook, in parts of 128 bits.
    function _product(uint256 quotient) private pure returns (uint256 high, uint256 low) {
        uint256 mask = type(uint128).max;
        uint256[3] memory p = [Fp.P_LOW & mask, Fp.P_LOW >> 128, Fp.P_HIGH];
        uint256[2] memory q = [quotient & mask, quotient >> 128];
        uint256[5] memory parts;
        for (uint256 i = 0; i < 2; ++i) {
            uint256 carry = 0;
            for (uint256 j = 0; j < 3; ++j) {
                uint256 sum = parts[i + j] + q[i] * p[j] + carry;
                parts[i + j] = sum & mask;
                carry = sum >> 128;
            }
            parts[i + 3] += carry;
        }
        assert(parts[4] == 0);
        return ((parts[3] << 128) | parts[2], (parts[1] << 128) | parts[0]);
    }
}
