#include <algorithm>

#include <livery/money/rounding.h>
#include <livery/money/typed_amount.h>
#include <livery/view/formatter.h>

namespace livery {

namespace {

bool Starts(std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
}

// Digits, marks and a sign in ASCII; spaces are left out. nullopt: anything else.
// U+0660…0669 and U+06F0…06F9 are digits, U+066B and U+066C Arabic marks.
std::optional<std::string> InAscii(std::string_view typed, NumberMarks& marks) {
    std::string plain;
    while (!typed.empty()) {
        const auto first = static_cast<unsigned char>(typed[0]);
        const auto second = typed.size() > 1 ? static_cast<unsigned char>(typed[1]) : 0;
        if (first < 0x80) {
            const char letter = typed[0];
            const bool known = (letter >= '0' && letter <= '9') || letter == '.' || letter == ',' ||
                               letter == '-' || letter == '\'';
            if (!known && letter != ' ') return std::nullopt;
            if (known) plain += letter;
            typed.remove_prefix(1);
        } else if (first == 0xD9 && second >= 0xA0 && second <= 0xA9) {
            plain += static_cast<char>('0' + (second - 0xA0));
            typed.remove_prefix(2);
        } else if (first == 0xDB && second >= 0xB0 && second <= 0xB9) {
            plain += static_cast<char>('0' + (second - 0xB0));
            typed.remove_prefix(2);
        } else if (first == 0xD9 && (second == 0xAB || second == 0xAC)) {
            plain += second == 0xAB ? '.' : ',';
            marks = NumberMarks{};
            typed.remove_prefix(2);
        } else if (Starts(typed, "\xC2\xA0")) {
            typed.remove_prefix(2);
        } else if (Starts(typed, "\xE2\x80\xAF")) {
            typed.remove_prefix(3);
        } else if (Starts(typed, "\xE2\x80\x99")) {
            plain += '\'';
            typed.remove_prefix(3);
        } else {
            return std::nullopt;
        }
    }
    return plain;
}

bool AreDigits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "1.234" without its marks; nullopt: groups that are none.
std::optional<std::string> WithoutGroups(std::string_view whole, char mark) {
    if (whole.find(mark) == std::string_view::npos)
        return AreDigits(whole) ? std::optional<std::string>(whole) : std::nullopt;
    std::string digits;
    for (bool first = true;; first = false) {
        const auto end = whole.find(mark);
        const std::string_view group = whole.substr(0, end);
        if (!AreDigits(group) || group.size() > 3 || (!first && group.size() != 3))
            return std::nullopt;
        digits += group;
        if (end == std::string_view::npos) return digits;
        whole.remove_prefix(end + 1);
    }
}

// "12.50" where a comma is the mark: one point that can begin no group.
bool IsPlain(std::string_view text) {
    const auto point = text.find('.');
    return point != std::string_view::npos && text.find(',') == std::string_view::npos &&
           text.find('.', point + 1) == std::string_view::npos && text.size() - point - 1 != 3;
}

}  // namespace

NumberMarks NumberMarks::Of(const Formatter& format) {
    NumberMarks marks;
    const auto written = InAscii(format.Number(*Decimal::Parse("1234567.5")), marks);
    if (!written) return {};
    const auto decimal = written->find_last_not_of("0123456789");
    if (decimal == std::string::npos) return {};
    return (*written)[decimal] == ',' ? NumberMarks{',', '.'} : NumberMarks{};
}

std::optional<Money> ParseTypedMoney(std::string_view typed, NumberMarks marks, Currency currency) {
    const auto plain = InAscii(typed, marks);
    if (!plain) return std::nullopt;
    std::string_view text = *plain;
    const bool negative = !text.empty() && text[0] == '-';
    if (negative) text.remove_prefix(1);
    // Where it stands it is the mark of groups; "12'50" is no amount.
    if (text.find('\'') != std::string_view::npos)
        marks = {text.find(',') == std::string_view::npos ? '.' : ',', '\''};
    else if (marks.decimal == ',' && IsPlain(text))
        marks = NumberMarks{};
    const auto mark = text.find(marks.decimal);
    const auto whole = WithoutGroups(text.substr(0, mark), marks.group);
    if (!whole) return std::nullopt;
    std::string exact = (negative ? "-" : "") + *whole;
    if (mark != std::string_view::npos) {
        const std::string_view part = text.substr(mark + 1);
        if (!AreDigits(part)) return std::nullopt;
        exact += '.';
        exact += part;
    }
    return ParseMoney(exact, currency);
}

std::string MoneyForField(const Money& amount, NumberMarks marks) {
    std::string text = amount.ToDecimal();
    std::replace(text.begin(), text.end(), '.', marks.decimal);
    return text;
}

}  // namespace livery
