#include "mail/imap_answers.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace livery::mail {

namespace {

// The pieces between blanks and brackets.
std::vector<std::string_view> WordsOf(std::string_view line) {
    constexpr std::string_view kBetween = " ()\r\t";
    std::vector<std::string_view> words;
    while (true) {
        const auto first = line.find_first_not_of(kBetween);
        if (first == std::string_view::npos) return words;
        const auto end = std::min(line.find_first_of(kBetween, first), line.size());
        words.push_back(line.substr(first, end - first));
        line.remove_prefix(end);
    }
}

template <class EachLine>
void ForEachAnswer(std::string_view answer, EachLine each_line) {
    while (!answer.empty()) {
        const auto end = std::min(answer.find('\n'), answer.size());
        const auto words = WordsOf(answer.substr(0, end));
        if (words.size() > 1 && words[0] == "*") each_line(words);
        answer.remove_prefix(std::min(end + 1, answer.size()));
    }
}

template <class Number>
std::optional<Number> NumberIn(std::string_view word) {
    Number number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return number;
}

}  // namespace

std::vector<std::uint32_t> FoundUids(std::string_view answer) {
    std::vector<std::uint32_t> uids;
    ForEachAnswer(answer, [&](const std::vector<std::string_view>& words) {
        if (words[1] != "SEARCH") return;
        for (std::size_t i = 2; i < words.size(); ++i)
            if (const auto uid = NumberIn<std::uint32_t>(words[i])) uids.push_back(*uid);
    });
    return uids;
}

std::vector<Mailbox::Waiting> StatedSizes(std::string_view answer) {
    std::vector<Mailbox::Waiting> waiting;
    ForEachAnswer(answer, [&](const std::vector<std::string_view>& words) {
        if (words.size() < 3 || words[2] != "FETCH") return;
        std::optional<std::uint32_t> uid;
        std::optional<std::size_t> size;
        for (std::size_t i = 3; i + 1 < words.size(); ++i) {
            if (words[i] == "UID") uid = NumberIn<std::uint32_t>(words[i + 1]);
            if (words[i] == "RFC822.SIZE") size = NumberIn<std::size_t>(words[i + 1]);
        }
        if (uid && size) waiting.push_back({*uid, *size});
    });
    return waiting;
}

}  // namespace livery::mail
