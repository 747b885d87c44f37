// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Timestamp} from "../types/Timestamp.sol";
import {KeyWindows} from "./KeyWindows.sol";

/// @notice Fifteen packed moments against fifteen plain ones.
contract KeyWindowsTest {
    using KeyWindows for uint256[3];

    uint256[3] private _windows;
    uint48[15] private _plain;

    function test_keeps_each_moment_apart(uint48[15] calldata moments, uint8[15] calldata order) external {
        for (uint256 i = 0; i < 15; ++i) {
            uint256 member = order[i] % 15;
            _windows.set(member, Timestamp.wrap(moments[i]));
            _plain[member] = moments[i];
            for (uint256 each = 0; each < 15; ++each) {
                assert(Timestamp.unwrap(_windows.notAfter(each)) == _plain[each]);
            }
        }
    }

    function test_open_are_those_whose_moment_has_not_passed(uint48[15] calldata moments, uint48 present) external {
        if (present == 0) present = 1;
        for (uint256 member = 0; member < 15; ++member) {
            // Some at the very moment, where one second decides.
            uint48 moment = member % 3 == 0 ? present - (member % 2 == 0 ? 0 : 1) : moments[member];
            _windows.set(member, Timestamp.wrap(moment));
            _plain[member] = moment;
        }
        uint256 bitmap = _windows.openAt(Timestamp.wrap(present));
        assert(bitmap >> 15 == 0);
        for (uint256 member = 0; member < 15; ++member) {
            assert(((bitmap >> member) & 1 == 1) == (_plain[member] >= present));
        }
    }
}
