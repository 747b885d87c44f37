// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {between} from "../test/Vm.sol";
import {Calendar} from "./Calendar.sol";

/// @notice The calendar against counting: each day follows the one before.
contract CalendarTest {
    function test_begins_in_1970_and_ends_in_9999() external pure {
        assert(Calendar.minuteText(0) == "1970-01-01T00:00");
        assert(Calendar.minuteText(Calendar.LAST_SECOND) == "9999-12-31T23:59");
        assert(Calendar.minuteText(1_770_940_860) == "2026-02-13T00:01");
    }

    function test_each_day_follows_the_one_before(uint256 dayNumber) external pure {
        dayNumber = between(dayNumber, 0, Calendar.LAST_SECOND / 1 days - 1);
        _requireNext(dayNumber);
    }

    /// @dev The days around the ends of months and years, in the years whose leap rule differs.
    function test_each_day_after_1970_2000_2100_and_9997_follows() external pure {
        uint256[4] memory starts = [uint256(0), 10_957, 47_482, 2_932_000];
        for (uint256 i = 0; i < starts.length; ++i) {
            for (uint256 day = 0; day < 800; ++day) _requireNext(starts[i] + day);
        }
    }

    function test_text_is_the_parts(uint256 moment) external pure {
        moment = between(moment, 0, Calendar.LAST_SECOND);
        (uint256 year, uint256 month, uint256 day) = Calendar.civil(moment / 1 days);
        string memory text = string.concat(
            Strings.toString(year),
            _two("-", month),
            _two("-", day),
            _two("T", (moment % 1 days) / 1 hours),
            _two(":", (moment % 1 hours) / 1 minutes)
        );
        assert(keccak256(bytes(text)) == keccak256(abi.encodePacked(Calendar.minuteText(moment))));
    }

    function _two(string memory before, uint256 value) private pure returns (string memory) {
        return string.concat(before, value < 10 ? "0" : "", Strings.toString(value));
    }

    function _requireNext(uint256 dayNumber) private pure {
        (uint256 year, uint256 month, uint256 day) = Calendar.civil(dayNumber);
        if (day < _length(year, month)) ++day;
        else if (month < 12) (month, day) = (month + 1, 1);
        else (year, month, day) = (year + 1, 1, 1);
        (uint256 nextYear, uint256 nextMonth, uint256 nextDay) = Calendar.civil(dayNumber + 1);
        assert(year == nextYear && month == nextMonth && day == nextDay);
    }

    function _length(uint256 year, uint256 month) private pure returns (uint256) {
        if (month == 2) return (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : 28;
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
