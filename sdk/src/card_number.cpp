#include <algorithm>
#include <array>
#include <vector>

#include <livery/card_number.h>

namespace livery {

namespace {

constexpr std::size_t kLeastDigits = 13;
constexpr std::size_t kMostDigits = 19;
constexpr std::size_t kShown = 4;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool HoldsLuhn(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (auto at = digits.rbegin(); at != digits.rend(); ++at, twice = !twice) {
        const int value = (*at - '0') * (twice ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

// Where the digits of a run stand that begins at `begin`: one blank or dash between two is of it.
std::vector<std::size_t> RunAt(std::string_view text, std::size_t begin) {
    std::vector<std::size_t> places;
    for (std::size_t at = begin; at < text.size(); ++at) {
        if (IsDigit(text[at])) {
            places.push_back(at);
        } else if ((text[at] != ' ' && text[at] != '-') || at + 1 == text.size() ||
                   !IsDigit(text[at + 1])) {
            break;
        }
    }
    return places;
}

// How many digits the longest number has that begins here; 0: none does.
std::size_t NumberAt(std::string_view digits) {
    std::size_t longest = 0;
    for (std::size_t size = kLeastDigits; size <= kMostDigits && size <= digits.size(); ++size)
        if (HoldsLuhn(digits.substr(0, size))) longest = size;
    return longest;
}

// Wherever one may begin, also within another: what looks like one may hide one.
void MaskRun(std::string& text, const std::vector<std::size_t>& run) {
    std::string digits;
    for (const std::size_t at : run) digits += text[at];
    for (std::size_t i = 0; i + kLeastDigits <= run.size(); ++i) {
        const std::size_t length = NumberAt(std::string_view(digits).substr(i));
        for (std::size_t j = i; j + kShown < i + length; ++j) text[run[j]] = '*';
    }
}

// The ranges that issuers have today; the first digits, from and to, and how many there are.
struct Range {
    int from;
    int to;
    std::size_t least;
    std::size_t most;
};
constexpr std::array kRanges{
    Range{4000, 4999, 16, 16},                             // Visa
    Range{4000, 4999, 19, 19}, Range{5100, 5599, 16, 16},  // Mastercard
    Range{2221, 2720, 16, 16}, Range{3400, 3499, 15, 15},  // American Express
    Range{3700, 3799, 15, 15}, Range{3000, 3059, 14, 19},  // Diners Club
    Range{3095, 3095, 14, 19}, Range{3600, 3699, 14, 19},
    Range{3800, 3999, 14, 19}, Range{3528, 3589, 16, 19},  // JCB
    Range{6011, 6011, 16, 19},                             // Discover
    Range{6440, 6599, 16, 19}, Range{6200, 6299, 16, 19},  // UnionPay
    Range{5000, 5099, 16, 19},                             // Maestro
    Range{5600, 5899, 16, 19}, Range{6304, 6304, 16, 19},
    Range{6759, 6763, 16, 19}, Range{2200, 2204, 16, 19},  // Mir
    Range{9792, 9792, 16, 16},                             // Troy
};

bool IsCard(std::string_view digits) {
    if (digits.size() < 14 || digits.size() > kMostDigits || !HoldsLuhn(digits)) return false;
    int first = 0;
    for (const char digit : digits.substr(0, 4)) first = first * 10 + (digit - '0');
    return std::any_of(kRanges.begin(), kRanges.end(), [&](const Range& range) {
        return first >= range.from && first <= range.to && digits.size() >= range.least &&
               digits.size() <= range.most;
    });
}

bool IsHex(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// Whether a UUID begins here (RFC 9562, section 4): 8-4-4-4-12 hexadecimal digits.
constexpr std::size_t kUuidLength = 36;
bool IsUuidAt(std::string_view text, std::size_t begin) {
    if (begin + kUuidLength > text.size()) return false;
    for (std::size_t i = 0; i < kUuidLength; ++i) {
        const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (is_dash ? text[begin + i] != '-' : !IsHex(text[begin + i])) return false;
    }
    return true;
}

// The run is a part of one, and so nothing that somebody has typed from a card.
bool IsOfUuid(std::string_view text, const std::vector<std::size_t>& run) {
    const std::size_t end = run.back() + 1;
    const std::size_t first = end > kUuidLength ? end - kUuidLength : 0;
    for (std::size_t begin = first; begin <= run.front(); ++begin) {
        if (IsUuidAt(text, begin)) return true;
    }
    return false;
}

// A card's number is some whole groups of the run.
bool RunHoldsCard(std::string_view text, const std::vector<std::size_t>& run) {
    const std::size_t end = run.back() + 1;
    if (run.front() > 0 && (IsLetter(text[run.front() - 1]) || text[run.front() - 1] == '+'))
        return false;
    if (end < text.size() && IsLetter(text[end])) return false;
    if (IsOfUuid(text, run)) return false;
    const auto begins_group = [&](std::size_t i) { return i == 0 || run[i] != run[i - 1] + 1; };
    std::string digits;
    for (const std::size_t at : run) digits += text[at];
    for (std::size_t from = 0; from < run.size(); ++from) {
        if (!begins_group(from)) continue;
        for (std::size_t to = from + 1; to <= run.size(); ++to) {
            const bool ends_group = to == run.size() || begins_group(to);
            if (ends_group && IsCard(std::string_view(digits).substr(from, to - from))) return true;
        }
    }
    return false;
}

}  // namespace

std::string WithoutCardNumbers(std::string_view text) {
    std::string masked(text);
    for (std::size_t at = 0; at < masked.size();) {
        if (!IsDigit(masked[at])) {
            ++at;
            continue;
        }
        const auto run = RunAt(masked, at);
        MaskRun(masked, run);
        at = run.back() + 1;
    }
    return masked;
}

bool HoldsCardNumber(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (!IsDigit(text[at])) {
            ++at;
            continue;
        }
        const auto run = RunAt(text, at);
        if (RunHoldsCard(text, run)) return true;
        at = run.back() + 1;
    }
    return false;
}

}  // namespace livery
