#include "storage/attachment_files.h"

#include <csignal>
#include <fstream>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "testing/running_clamd.h"

namespace livery::service_desk {
namespace {

namespace fs = std::filesystem;

const TenantId kHarbor("harbor");
const TenantId kLumen("lumen");
const std::string kHash(64, 'a');
const std::string kOther(64, 'b');

// The longest that a file of this process may get: a write beyond fails, as on a full disk.
class NoRoom {
 public:
    explicit NoRoom(rlim_t most) {
        ::getrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{most, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~NoRoom() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;

 private:
    rlimit before_{};
};

class Stored : public ::testing::Test {
 protected:
    std::size_t Count() const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
            if (entry.is_regular_file()) ++count;
        return count;
    }
    fs::path PathOf(const std::string& hash) const {
        return folder_.path() / "attachments" / "harbor" / hash.substr(0, 2) / hash;
    }
    void MakeOld(const fs::path& file) const {
        const timespec old[2]{{1'000'000, 0}, {1'000'000, 0}};
        ASSERT_EQ(::utimensat(AT_FDCWD, file.c_str(), old, 0), 0) << file;
    }
    int Sweep(const AttachmentFiles::Named& named) const {
        return files_.Sweep(kHarbor, Instant(std::chrono::seconds(2'000'000)), named);
    }
    static std::set<std::string> None(const std::vector<std::string>&) { return {}; }

    testing::Folder folder_;
    AttachmentFiles files_{folder_.path() / "attachments"};
};

TEST_F(Stored, LieUnderTheirHashForTheirOwnerAlone) {
    files_.Keep(kHarbor, kHash, "content");
    files_.Keep(kHarbor, kHash, "content");
    EXPECT_EQ(Count(), 1U) << "the same content is one file";
    EXPECT_EQ(files_.Read(kHarbor, kHash), "content");
    EXPECT_FALSE(files_.Read(kHarbor, kOther));
    EXPECT_FALSE(files_.Read(kLumen, kHash)) << "another tenant's";
    struct stat facts {};
    ASSERT_EQ(::stat(PathOf(kHash).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(PathOf(kHash).parent_path().c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
}

TEST_F(Stored, AFullDiskLeavesNothingBehind) {
    files_.Keep(kHarbor, kHash, "small");
    {
        const NoRoom full(100'000);
        EXPECT_THROW(files_.Keep(kHarbor, kOther, std::string(200'000, 'x')), std::system_error);
        EXPECT_EQ(Count(), 1U) << "neither a file nor the begin of one";
        EXPECT_EQ(files_.Read(kHarbor, kHash), "small");
    }
    files_.Keep(kHarbor, kOther, std::string(200'000, 'x'));
    EXPECT_EQ(files_.Read(kHarbor, kOther), std::string(200'000, 'x'))
        << "as soon as there is room";
}

TEST_F(Stored, NoFolderIsAnErrorToo) {
    std::ofstream(folder_.path() / "attachments") << "in the way";
    EXPECT_THROW(files_.Keep(kHarbor, kHash, "x"), std::system_error);
}

TEST_F(Stored, ASweepTakesWhatIsOldAndNamedByNobody) {
    files_.Keep(kHarbor, kHash, "named");
    files_.Keep(kHarbor, kOther, "not named");
    EXPECT_EQ(Sweep(None), 0) << "all are young";
    MakeOld(PathOf(kHash));
    MakeOld(PathOf(kOther));
    const auto named = [](const std::vector<std::string>&) { return std::set{kHash}; };
    EXPECT_EQ(Sweep(named), 1);
    EXPECT_TRUE(files_.Read(kHarbor, kHash));
    EXPECT_FALSE(files_.Read(kHarbor, kOther));
    EXPECT_EQ(Count(), 1U);
}

TEST_F(Stored, WhatWasLeftUnfinishedGoesWhenItIsOld) {
    files_.Keep(kHarbor, kHash, "whole");
    const fs::path half = PathOf(kHash).parent_path() / ".new-1-1";
    std::ofstream(half) << "ha";
    EXPECT_EQ(Sweep(None), 0);
    MakeOld(half);
    EXPECT_EQ(Sweep(None), 1);
    EXPECT_EQ(Count(), 1U);
}

TEST_F(Stored, AContentThatIsKeptAgainIsNotSwept) {
    files_.Keep(kHarbor, kHash, "content");
    MakeOld(PathOf(kHash));
    files_.Keep(kHarbor, kHash, "content");
    EXPECT_EQ(Sweep(None), 0) << "it is young again";
    // Once the sweep has looked: before it takes the file away, and after.
    for (const int moment : {1, 2}) {
        MakeOld(PathOf(kHash));
        int asked = 0;
        EXPECT_EQ(Sweep([&](const std::vector<std::string>&) {
                      if (++asked == moment) files_.Keep(kHarbor, kHash, "content");
                      return std::set<std::string>();
                  }),
                  moment - 1);
        EXPECT_EQ(files_.Read(kHarbor, kHash), "content") << moment;
        EXPECT_EQ(Count(), 1U) << moment;
    }
}

TEST_F(Stored, ARowThatCameMeanwhileKeepsItsFile) {
    files_.Keep(kHarbor, kHash, "content");
    MakeOld(PathOf(kHash));
    int asked = 0;
    const auto named = [&](const std::vector<std::string>&) {
        EXPECT_EQ(files_.Read(kHarbor, kHash), "content") << "it can be read at any moment";
        return ++asked == 1 ? std::set<std::string>() : std::set{kHash};
    };
    EXPECT_EQ(Sweep(named), 0);
    EXPECT_EQ(files_.Read(kHarbor, kHash), "content");
    EXPECT_TRUE(fs::exists(PathOf(kHash)));
}

TEST_F(Stored, ASweepThatWasKilledIsFinishedByTheNext) {
    files_.Keep(kHarbor, kHash, "content");
    MakeOld(PathOf(kHash));
    fs::path leaving = PathOf(kHash);
    leaving += ".leaving";
    fs::rename(PathOf(kHash), leaving);
    EXPECT_EQ(files_.Read(kHarbor, kHash), "content");
    EXPECT_EQ(Sweep([](const std::vector<std::string>&) { return std::set{kHash}; }), 0);
    EXPECT_TRUE(fs::exists(PathOf(kHash))) << "named: it came back";
    fs::rename(PathOf(kHash), leaving);
    EXPECT_EQ(Sweep(None), 1);
    EXPECT_EQ(Count(), 0U);
}

TEST_F(Stored, ManyKeepAndReadTheSameWhileItIsSwept) {
    std::vector<std::thread> threads;
    std::atomic<int> lost{0};
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) {
                files_.Keep(kHarbor, kHash, "content");
                if (files_.Read(kHarbor, kHash) != "content") ++lost;
            }
        });
    }
    threads.emplace_back([&] {
        for (int round = 0; round < 200; ++round) Sweep(None);
    });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(lost, 0);
    EXPECT_EQ(Count(), 1U);
}

}  // namespace
}  // namespace livery::service_desk
