#include "db/testing/statement_scan.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <optional>

#include <fmt/format.h>

namespace livery::db::testing {

namespace fs = std::filesystem;

namespace {

struct Token {
    enum class Kind { kWord, kText, kSign } kind;
    std::string text;  // of a literal: what it stands for
    int line;
};

using Tokens = std::vector<Token>;
using Macros = std::map<std::string, Tokens>;

// Cuts C++ into words, literals and single signs; `#define NAME literals…` goes to `macros`.
class Cutter {
 public:
    Cutter(std::string_view source, int line, Macros& macros)
        : source_(source), line_(line), macros_(macros) {}

    Tokens Run() {
        Tokens tokens;
        while (at_ < source_.size()) {
            const char c = source_[at_];
            if (c == '\n') ++line_;
            if (std::isspace(static_cast<unsigned char>(c)) != 0 || c == '\\') {
                ++at_;
            } else if (Starts("//")) {
                SkipTo("\n");
            } else if (Starts("/*")) {
                SkipTo("*/");
            } else if (c == '#') {
                Directive();
            } else if (Starts("R\"")) {
                tokens.push_back(Raw());
            } else if (c == '"' || c == '\'') {
                tokens.push_back(Literal(c));
            } else if (IsWord(c)) {
                const std::size_t from = at_;
                // A digit separator ('1'000') belongs to its number.
                const bool number = std::isdigit(static_cast<unsigned char>(c)) != 0;
                while (IsWord(At(at_)) || (number && At(at_) == '\'' && IsWord(At(at_ + 1)))) ++at_;
                tokens.push_back({Token::Kind::kWord, Text(from, at_), line_});
            } else {
                tokens.push_back({Token::Kind::kSign, std::string(1, c), line_});
                ++at_;
            }
        }
        return tokens;
    }

 private:
    static bool IsWord(char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    }
    char At(std::size_t i) const { return i < source_.size() ? source_[i] : '\0'; }
    bool Starts(std::string_view text) const { return source_.substr(at_).starts_with(text); }
    std::string Text(std::size_t from, std::size_t to) const {
        return std::string(source_.substr(from, to - from));
    }
    void Step(std::size_t to) {
        to = std::min(to, source_.size());
        for (; at_ < to; ++at_) line_ += source_[at_] == '\n' ? 1 : 0;
    }
    void SkipTo(std::string_view end) {
        const std::size_t found = source_.find(end, at_ + 2);
        Step(found == std::string_view::npos ? found : found + (end == "\n" ? 0 : end.size()));
    }
    void Directive() {
        std::size_t end = at_;
        while (end < source_.size() && (source_[end] != '\n' || source_[end - 1] == '\\')) ++end;
        Cutter inner(source_.substr(at_ + 1, end - at_ - 1), line_, macros_);
        Tokens words = inner.Run();
        if (words.size() > 2 && words[0].text == "define")
            macros_[words[1].text] = Tokens(words.begin() + 2, words.end());
        Step(end);
    }
    Token Literal(char quote) {
        Token token{Token::Kind::kText, "", line_};
        for (++at_; at_ < source_.size() && source_[at_] != quote; ++at_) {
            if (source_[at_] == '\\') ++at_;
            token.text += source_[at_] == 'n' && source_[at_ - 1] == '\\' ? '\n' : source_[at_];
        }
        ++at_;
        if (quote == '\'') token.kind = Token::Kind::kSign;
        return token;
    }
    Token Raw() {
        const std::size_t open = source_.find('(', at_);
        const std::string close = ")" + Text(at_ + 2, open) + "\"";
        const std::size_t end = source_.find(close, open);
        Token token{Token::Kind::kText, Text(open + 1, end), line_};
        Step(end + close.size());
        return token;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    int line_;
    Macros& macros_;
};

// One argument of literals and macros, from `at` to the sign `end`; nothing when it holds more.
std::optional<std::string> JoinLiterals(const Tokens& tokens, std::size_t& at, std::string_view end,
                                        const Macros& macros) {
    std::string text;
    for (; at < tokens.size(); ++at) {
        const Token& token = tokens[at];
        if (token.kind == Token::Kind::kText) {
            text += token.text;
        } else if (token.kind == Token::Kind::kWord && macros.contains(token.text)) {
            std::size_t inner = 0;
            Tokens body = macros.at(token.text);
            body.push_back({Token::Kind::kSign, ";", token.line});
            const auto expanded = JoinLiterals(body, inner, ";", macros);
            if (!expanded) return std::nullopt;
            text += *expanded;
        } else if (token.kind == Token::Kind::kSign && token.text == end) {
            ++at;
            return text.empty() ? std::nullopt : std::optional(text);
        } else {
            break;
        }
    }
    return std::nullopt;
}

bool IsTest(const std::string& file) {
    return file.ends_with("_test.cpp") || file.find("/testing/") != std::string::npos;
}

}  // namespace

void ScanStatements(const std::string& file, std::string_view source, StatementScan& scan,
                    std::string_view headers) {
    Macros macros;
    Cutter(headers, 1, macros).Run();
    const Tokens tokens = Cutter(source, 1, macros).Run();
    const auto is = [&](std::size_t i, std::string_view sign) {
        return i < tokens.size() && tokens[i].kind == Token::Kind::kSign && tokens[i].text == sign;
    };
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].kind != Token::Kind::kWord) continue;
        if (tokens[i].text != "Statement" && tokens[i].text != "CrossTenantStatement") continue;
        // `const Statement& s` and `using db::Statement;` make none.
        if (is(i + 1, "&") || is(i + 1, ";")) continue;
        const std::string where = fmt::format("{}:{}", file, tokens[i].line);
        std::size_t at = i + 1;
        if (at < tokens.size() && tokens[at].kind == Token::Kind::kWord) ++at;
        const bool opened = is(at, "{");
        ++at;
        const auto name = opened ? JoinLiterals(tokens, at, ",", macros) : std::nullopt;
        const auto sql = name ? JoinLiterals(tokens, at, "}", macros) : std::nullopt;
        if (sql) {
            scan.statements.push_back({where, *name, *sql});
        } else {
            scan.not_understood.push_back(where);
        }
    }
}

namespace {

std::string TextOf(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

void ScanFolder(const fs::path& folder, StatementScan& scan) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const std::string extension = entry.path().extension();
        if (extension == ".cpp" || extension == ".h") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        const std::string name = (folder.filename() / fs::relative(file, folder)).string();
        if (IsTest(name)) continue;
        std::string headers;
        for (const fs::path& other : files) {
            if (other.extension() == ".h" && other.parent_path() == file.parent_path())
                headers += TextOf(other);
        }
        ScanStatements(name, TextOf(file), scan, headers);
    }
}

}  // namespace livery::db::testing
