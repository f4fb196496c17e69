#include "sandbox/ledger/ledger.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

namespace livery::sandbox {
namespace {

using Lines = std::vector<std::string>;

class ALedger : public testing::Test {
 protected:
    ALedger() : path_(testing::TempDir() + "ledger-" + std::to_string(::getpid())) {
        std::filesystem::remove(path_);
    }
    ~ALedger() override { std::filesystem::remove(path_); }

    Lines Read() {
        Lines lines;
        Ledger ledger(path_, [&](std::string_view line) { lines.emplace_back(line); });
        return lines;
    }
    void Write(std::string_view bytes) {
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
    }
    std::string path_;
};

TEST_F(ALedger, GivesBackWhatWasAppended) {
    {
        Ledger ledger(path_, [](std::string_view) {});
        ledger.Append("one");
        ledger.Append("two");
    }
    EXPECT_EQ(Read(), (Lines{"one", "two"}));
}

// A process that is killed may leave any part of its last line.
TEST_F(ALedger, DropsALastLineThatIsTornAtAnyByte) {
    const std::string whole = "{\"at\":1}\n{\"at\":22}\n";
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        Write(whole.substr(0, size));
        Lines expected;
        if (size >= 9) expected.emplace_back("{\"at\":1}");
        if (size == whole.size()) expected.emplace_back("{\"at\":22}");
        EXPECT_EQ(Read(), expected) << size;
        {
            Ledger ledger(path_, [](std::string_view) {});
            ledger.Append("next");
        }
        expected.emplace_back("next");
        EXPECT_EQ(Read(), expected) << size;
    }
}

TEST_F(ALedger, NamesTheLineThatCannotBeRead) {
    Write("good\nbad\ngood\n");
    try {
        Ledger ledger(path_, [](std::string_view line) {
            if (line == "bad") throw std::runtime_error("what is this?");
        });
        FAIL() << "it was opened";
    } catch (const std::runtime_error& failure) {
        EXPECT_NE(std::string(failure.what()).find(":2: what is this?"), std::string::npos)
            << failure.what();
    }
}

TEST_F(ALedger, BelongsToOneProcess) {
    Ledger ledger(path_, [](std::string_view) {});
    EXPECT_THROW(Read(), std::system_error);
}

}  // namespace
}  // namespace livery::sandbox
