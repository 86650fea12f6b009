using Xunit.Sdk;
using Xunit.v3;

// a test counts the tensors of the whole process, because training makes them on several threads
[assembly: Parallelization(Mode = ParallelMode.None)]
