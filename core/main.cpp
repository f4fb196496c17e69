#include "cli/commands.h"

int main(int argc, char** argv) { return livery::cli::Main(argc, argv); }
