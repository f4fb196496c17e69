#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace livery::db::testing {

// A `Statement` or `CrossTenantStatement` as it stands in a source file.
struct ScannedStatement {
    std::string where;  // file:line
    std::string name;
    std::string sql;  // literals joined, macros of the file expanded
};

struct StatementScan {
    std::vector<ScannedStatement> statements;
    // Uses of the two types that the scanner does not understand: each must be mended, so that no
    // statement escapes its test.
    std::vector<std::string> not_understood;
};

// Statements are constants in unnamed namespaces, evaluated by the compiler: no list of them exists
// at run time. So their source is read. Knows comments, string literals (raw ones too) and macros
// that stand for string literals; `headers` is the text of those whose macros it uses.
void ScanStatements(const std::string& file, std::string_view source, StatementScan& scan,
                    std::string_view headers = "");

// Every .h and .cpp below `folder` but the tests.
void ScanFolder(const std::filesystem::path& folder, StatementScan& scan);

}  // namespace livery::db::testing
